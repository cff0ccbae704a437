package dev.walbrook.conformance;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the scenarios of a group and compares what came of each. */
final class GroupRun {

    private GroupRun() {}

    /** Never throws: a run that cannot be finished is an outcome of all its scenarios. */
    static Map<String, Outcome> of(List<Scenario> scenarios) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        try {
            long started = System.nanoTime();
            Map<Subject, Observation> observed = ConnectorPair.run(scenarios);
            System.out.printf(
                    "%s: %d ms%n",
                    scenarios.size() == 1
                            ? scenarios.get(0).id()
                            : "group " + scenarios.get(0).group(),
                    (System.nanoTime() - started) / 1_000_000);
            for (Scenario scenario : scenarios) {
                outcomes.put(scenario.id(), Outcome.of(scenario, differences(scenario, observed)));
            }
        } catch (AssertionError | RuntimeException | SQLException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            for (Scenario scenario : scenarios) {
                outcomes.put(scenario.id(), Outcome.broken(scenario, trace.toString()));
            }
        }
        return outcomes;
    }

    private static List<Difference> differences(Scenario scenario, Map<Subject, Observation> observed) {
        Observation debezium = observed.get(Subject.DEBEZIUM);
        Observation walbrook = observed.get(Subject.WALBROOK);
        if (scenario.group() != null) {
            String own = Subject.COMMON_NAME + "." + scenario.schema() + ".";
            return Comparison.ofTopics(debezium, walbrook, topic -> topic.startsWith(own));
        }
        List<Difference> differences = new ArrayList<>(Comparison.ofTopics(debezium, walbrook, topic -> true));
        differences.addAll(Comparison.ofOffsets(debezium, walbrook));
        return differences;
    }
}
