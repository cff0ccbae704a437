package dev.walbrook.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What came of one scenario.
 *
 * @param unexpected differences that nobody has declared
 * @param stale declared differences that do not exist
 * @param broken why there is nothing to compare; null if there is
 */
record Outcome(
        Scenario scenario, List<Difference> unexpected, List<DeliberateDifference> stale, @Nullable String broken) {

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    /** How many differences of a kind are told. */
    private static final int LIKE = 3;

    static Outcome of(Scenario scenario, List<Difference> differences) {
        return new Outcome(
                scenario,
                differences.stream()
                        .filter(found -> scenario.differences().stream()
                                .noneMatch(meant ->
                                        meant.where().matcher(found.place()).matches()))
                        .toList(),
                scenario.differences().stream()
                        .filter(DeliberateDifference::always)
                        .filter(meant -> differences.stream()
                                .noneMatch(found ->
                                        meant.where().matcher(found.place()).matches()))
                        .toList(),
                null);
    }

    static Outcome broken(Scenario scenario, String why) {
        return new Outcome(scenario, List.of(), List.of(), why);
    }

    boolean isGreen() {
        return unexpected.isEmpty() && stale.isEmpty() && broken == null;
    }

    /** For the reader of a failed test: lines of the same place in different records are told once. */
    String describe() {
        if (broken != null) {
            return scenario.id() + " could not be compared: " + broken;
        }
        Map<String, List<Difference>> alike = new LinkedHashMap<>();
        for (Difference difference : unexpected) {
            alike.computeIfAbsent(kind(difference), place -> new ArrayList<>()).add(difference);
        }
        StringBuilder text = new StringBuilder(scenario.id() + ": " + scenario.title());
        alike.values().forEach(group -> {
            group.stream().limit(isSchema(group) ? 1 : LIKE).forEach(difference -> text.append('\n')
                    .append(difference));
            if (group.size() > LIKE && !isSchema(group)) {
                text.append("\n    … and ").append(group.size() - LIKE).append(" more like this");
            }
        });
        for (DeliberateDifference meant : stale) {
            text.append("\nDeclared as different, but there is no such difference: ")
                    .append(meant.where());
        }
        return text.toString();
    }

    private static boolean isSchema(List<Difference> group) {
        return group.get(0).place().contains("-schema");
    }

    /** Schemas are the same in every record, and of both row images; values are told for some records. */
    private static String kind(Difference difference) {
        String place = INDEX.matcher(difference.place()).replaceAll("");
        return place.contains("-schema")
                ? place.replaceFirst("\\.(before|after)", "") + difference.debezium() + difference.walbrook()
                : place;
    }
}
