package dev.walbrook.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** All scenarios; a new file of scenarios is added here. */
final class Suite {

    /** A regular expression on scenarios' ids; only those that match it run. */
    static final String ONLY_PROPERTY = "conformance.only";

    private Suite() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        all.addAll(OperationScenarios.all());
        all.addAll(TypeScenarios.all());
        all.addAll(TableScenarios.all());
        all.addAll(FilterScenarios.all());
        all.addAll(RepresentationScenarios.all());
        all.addAll(SnapshotScenarios.all());
        all.addAll(SnapshotContentScenarios.all());
        all.addAll(EventScenarios.all());
        all.addAll(SchemaChangeScenarios.all());
        all.addAll(RestartScenarios.all());
        Set<String> ids = new HashSet<>();
        for (Scenario scenario : all) {
            if (!ids.add(scenario.id())) {
                throw new AssertionError("There are two scenarios " + scenario.id());
            }
        }
        return all;
    }

    static boolean isWhole() {
        return System.getProperty(ONLY_PROPERTY, ".*").equals(".*");
    }

    /** Those of {@link #all()} that the run is about. */
    static List<Scenario> chosen() {
        Pattern only = Pattern.compile(System.getProperty(ONLY_PROPERTY, ".*"));
        return all().stream()
                .filter(scenario -> only.matcher(scenario.id()).matches())
                .toList();
    }

    /** The scenarios that share connectors, the largest groups first, so that none is alone at the end. */
    static List<List<Scenario>> groups(List<Scenario> scenarios) {
        Map<String, List<Scenario>> groups = new LinkedHashMap<>();
        for (Scenario scenario : scenarios) {
            String group = scenario.group() == null ? "alone: " + scenario.id() : "group: " + scenario.group();
            groups.computeIfAbsent(group, key -> new ArrayList<>()).add(scenario);
        }
        return groups.values().stream()
                .sorted((a, b) -> Integer.compare(b.size(), a.size()))
                .toList();
    }
}
