package dev.walbrook.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes docs/reference/compatibility.md from what a run of all scenarios has shown. */
final class CompatibilityPage {

    private final Collection<Outcome> outcomes;
    private final PluginDefinitions definitions;
    private final StringBuilder page = new StringBuilder();

    private CompatibilityPage(Collection<Outcome> outcomes, PluginDefinitions definitions) {
        this.outcomes = outcomes;
        this.definitions = definitions;
    }

    static String of(Collection<Outcome> outcomes, PluginDefinitions definitions) {
        CompatibilityPage page = new CompatibilityPage(outcomes, definitions);
        page.write();
        return page.page.toString();
    }

    private void write() {
        page.append("# Compatibility with Debezium\n\n")
                .append("<!-- Written by ConformanceIT from what it found; do not edit. -->\n\n")
                .append("Walbrook's source connector and Debezium's PostgreSQL connector ")
                .append(definitions.debeziumVersion())
                .append(" ran side by side, on the same database and the same changes, through ")
                .append(outcomes.size())
                .append(
                        " scenarios. Every record was compared: topic, key and value with their schemas, headers, order, and the")
                .append(" offsets that Connect committed. **Same** means that no line differed.\n");
        properties();
        types();
        deliberate();
        exemptions();
    }

    private void properties() {
        page.append("\n## Properties\n");
        Catalogue.sections().forEach((section, properties) -> {
            page.append("\n### ").append(section).append("\n\n| property | state |\n|---|---|\n");
            for (Catalogue.Property property : properties) {
                row('`' + property.name() + '`', stateOf(property));
            }
        });
        List<String> missing = definitions.debeziumNames().stream()
                .filter(name -> !name.startsWith("internal."))
                .filter(name -> Catalogue.sections().values().stream()
                        .flatMap(List::stream)
                        .noneMatch(property -> property.covers(name)))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            throw new AssertionError("The catalogue lacks properties of Debezium's: " + missing);
        }
    }

    private String stateOf(Catalogue.Property property) {
        List<Outcome> speaking = outcomes.stream()
                .filter(outcome -> outcome.scenario().covers().stream().anyMatch(property::covers))
                .toList();
        String refusal = definitions.refusal(property.name().replace("*", "x"));
        if (!refusal.isEmpty()) {
            return "refused: " + refusal;
        }
        String state;
        if (!speaking.isEmpty()) {
            state = state(speaking);
        } else if (!property.note().isEmpty()) {
            state = "accepted (" + property.note() + ")";
        } else {
            state = "**nothing speaks for it**";
        }
        return state + definitions.otherDefault(property.name());
    }

    private void types() {
        page.append(
                        "\n## Types\n\nEach type was tried with nulls, defaults and extreme values, in a snapshot and in the stream, and, as far as")
                .append(" they concern it, with these settings:\n\n| name | settings |\n|---|---|\n");
        for (Profile profile : Profile.ALL) {
            row(
                    profile.name(),
                    profile.configuration().isEmpty()
                            ? "none"
                            : new TreeMap<>(profile.configuration())
                                    .entrySet().stream()
                                            .map(entry -> '`' + entry.getKey() + '=' + entry.getValue() + '`')
                                            .collect(Collectors.joining(", ")));
        }
        page.append("\n| type | state |\n|---|---|\n");
        Map<String, List<Outcome>> rows = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            for (String row : outcome.scenario().covers()) {
                if (TypeScenarios.rows().contains(row)) {
                    rows.computeIfAbsent(row, key -> new ArrayList<>()).add(outcome);
                }
            }
        }
        rows.forEach((row, speaking) -> row(row, stateOfType(speaking)));
    }

    /** A difference that is not there with all settings is told with the names of those with which it is. */
    private static String stateOfType(List<Outcome> speaking) {
        Map<String, List<String>> settings = new LinkedHashMap<>();
        for (Outcome outcome : speaking) {
            String id = outcome.scenario().id();
            for (DeliberateDifference difference : outcome.scenario().differences()) {
                settings.computeIfAbsent(difference.reason(), reason -> new ArrayList<>())
                        .add(id.substring(id.indexOf('/') + 1));
            }
        }
        if (settings.isEmpty() || speaking.stream().anyMatch(outcome -> !outcome.isGreen())) {
            return state(speaking);
        }
        List<String> told = new ArrayList<>();
        settings.forEach((reason, names) -> told.add(
                names.size() == speaking.size()
                        ? "differs: " + reason
                        : "same, but for " + String.join(", ", names) + ": " + reason));
        return String.join("; ", told);
    }

    private static String state(List<Outcome> speaking) {
        Set<String> reasons = speaking.stream()
                .flatMap(outcome -> outcome.scenario().differences().stream())
                .filter(DeliberateDifference::always)
                .map(DeliberateDifference::reason)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        long red = speaking.stream().filter(outcome -> !outcome.isGreen()).count();
        String state = reasons.isEmpty() ? "same" : "differs: " + String.join("; ", reasons);
        return red == 0 ? state : "not yet (" + red + " of " + speaking.size() + " scenarios differ)";
    }

    /** What no row of a property or type tells. */
    private void deliberate() {
        page.append("\n## Deliberate differences\n\n| scenario | reason |\n|---|---|\n");
        Map<String, Set<String>> titles = new TreeMap<>();
        for (Outcome outcome : outcomes) {
            for (DeliberateDifference difference : outcome.scenario().differences()) {
                titles.computeIfAbsent(difference.reason(), reason -> new LinkedHashSet<>())
                        .add(outcome.scenario().title());
            }
        }
        titles.forEach((reason, scenarios) -> row(String.join("; ", scenarios), reason));
    }

    private void exemptions() {
        page.append("\n## What is not compared\n\n| line | why |\n|---|---|\n");
        Exemptions.forThePage().forEach((line, reason) -> row('`' + line + '`', reason));
    }

    private void row(String name, String state) {
        page.append("| ")
                .append(name.replace("|", "\\|"))
                .append(" | ")
                .append(state.replace("|", "\\|").replace("\n", " "))
                .append(" |\n");
    }
}
