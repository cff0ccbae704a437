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

    /**
     * Never throws: a run that cannot be finished is an outcome. If a connector fails under several scenarios, they run
     * again in halves, until it is clear which of them it is.
     */
    static Map<String, Outcome> of(List<Scenario> scenarios) {
        try {
            long started = System.nanoTime();
            Map<Subject, Observation> observed = ConnectorPair.run(scenarios);
            System.out.printf(
                    "%s: %d ms%n",
                    scenarios.size() == 1
                            ? scenarios.get(0).id()
                            : "group " + scenarios.get(0).group(),
                    (System.nanoTime() - started) / 1_000_000);
            if (scenarios.size() > 1 && observed.values().stream().anyMatch(GroupRun::failedWhileRunning)) {
                return ofHalves(scenarios);
            }
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            for (Scenario scenario : scenarios) {
                outcomes.put(scenario.id(), Outcome.of(scenario, differences(scenario, observed)));
            }
            return outcomes;
        } catch (AssertionError | RuntimeException | SQLException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            for (Scenario scenario : scenarios) {
                outcomes.put(scenario.id(), Outcome.broken(scenario, trace.toString()));
            }
            return outcomes;
        }
    }

    /** A configuration that is refused is refused for all scenarios that share it. */
    private static boolean failedWhileRunning(Observation observation) {
        return observation.failure() != null && !observation.refused();
    }

    private static Map<String, Outcome> ofHalves(List<Scenario> scenarios) {
        int half = scenarios.size() / 2;
        Map<String, Outcome> outcomes = new LinkedHashMap<>(of(scenarios.subList(0, half)));
        outcomes.putAll(of(scenarios.subList(half, scenarios.size())));
        return outcomes;
    }

    private static List<Difference> differences(Scenario scenario, Map<Subject, Observation> observed) {
        Observation debezium = observed.get(Subject.DEBEZIUM);
        Observation walbrook = observed.get(Subject.WALBROOK);
        boolean failing = scenario.ending() == Scenario.Ending.FAILURE;
        if (failing || debezium.failure() != null || walbrook.failure() != null) {
            boolean meant = failing && debezium.failure() != null && walbrook.failure() != null;
            return meant
                    ? List.of()
                    : List.of(new Difference("failure", "the connector", told(debezium), told(walbrook)));
        }
        if (scenario.group() != null) {
            String own = Subject.COMMON_NAME + "." + scenario.schema() + ".";
            return Comparison.ofTopics(debezium, walbrook, topic -> topic.startsWith(own));
        }
        List<Difference> differences = new ArrayList<>(Comparison.ofTopics(debezium, walbrook, topic -> true));
        if (!Exemptions.offsetsFollowTime(scenario)) {
            differences.addAll(Comparison.ofOffsets(debezium, walbrook));
        }
        return differences;
    }

    /** The innermost cause, which is what happened. */
    private static String told(Observation observation) {
        if (observation.failure() == null) {
            return "runs";
        }
        List<String> causes = observation
                .failure()
                .lines()
                .filter(line -> !line.startsWith("\tat ") && !line.startsWith("\t..."))
                .toList();
        return "fails: " + (causes.size() > 3 ? causes.get(causes.size() - 1) : String.join(" ", causes));
    }
}
