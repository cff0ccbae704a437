package dev.walbrook.conformance.sink;

import dev.walbrook.conformance.DeliberateDifference;
import dev.walbrook.conformance.Difference;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What came of one scenario.
 *
 * @param unexpected differences that nobody has declared
 * @param stale declared differences that do not exist
 * @param broken why there is nothing to compare; null if there is
 */
record SinkOutcome(
        SinkScenario scenario, List<Difference> unexpected, List<DeliberateDifference> stale, @Nullable String broken) {

    static SinkOutcome of(SinkScenario scenario, SinkRun.Result result) {
        if (scenario.fails() && result.failures().isEmpty()) {
            return broken(scenario, "both were to fail, and neither did");
        }
        if (!scenario.fails() && result.failures().size() > 1) {
            return broken(scenario, "both fail: " + result.failures());
        }
        if (result.failures().isEmpty()
                && result.tables().values().stream()
                        .allMatch(tables -> tables.lines().isEmpty())) {
            return broken(scenario, "neither has written anything");
        }
        List<Difference> found = result.differences();
        return new SinkOutcome(
                scenario,
                found.stream()
                        .filter(difference -> scenario.differences().stream().noneMatch(isAt(difference)))
                        .toList(),
                scenario.differences().stream()
                        .filter(meant -> found.stream()
                                .noneMatch(difference -> isAt(difference).test(meant)))
                        .toList(),
                null);
    }

    private static Predicate<DeliberateDifference> isAt(Difference difference) {
        return meant -> meant.where().matcher(difference.place()).matches();
    }

    static SinkOutcome broken(SinkScenario scenario, String why) {
        return new SinkOutcome(scenario, List.of(), List.of(), why);
    }

    boolean isGreen() {
        return unexpected.isEmpty() && stale.isEmpty() && broken == null;
    }

    /** For the reader of a failed test. */
    String describe() {
        if (broken != null) {
            return scenario.id() + " could not be compared: " + broken;
        }
        StringBuilder text = new StringBuilder(scenario.id() + ": " + scenario.title());
        unexpected.forEach(difference -> text.append('\n').append(difference));
        stale.forEach(meant -> text.append("\nDeclared as different, but there is no such difference: ")
                .append(meant.where()));
        return text.toString();
    }
}
