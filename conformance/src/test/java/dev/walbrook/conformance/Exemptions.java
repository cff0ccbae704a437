package dev.walbrook.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Everything that cannot be equal in two runs, with the reason, and nowhere else.
 *
 * <p>An exempt line still has to be there in both, unless it says that only we have it.
 */
final class Exemptions {

    /**
     * A kind of line whose text may differ.
     *
     * @param path matches the line's path in whole
     * @param snapshotOnly whether it holds only for records read by a snapshot
     */
    record Exemption(Pattern path, boolean snapshotOnly, String reason) {}

    /**
     * A kind of line that only Walbrook writes.
     *
     * @param path matches the line's path in whole
     */
    record Addition(Pattern path, String reason) {}

    private static final List<Exemption> ALL = List.of(
            always("value\\.source\\.version", "each connector tells its own version"),
            always("value\\.ts_(ms|us|ns)", "the moment at which the connector made the record"),
            always("header\\.__debezium\\.context\\.runId", "each run of a connector has its own"),
            always("offset\\.lsn_proc", "in Debezium it follows the server's keep-alives, which come at any time"),
            always("(value\\.source|offset)\\.xmin", "each connector's slot holds back its own"),
            inSnapshots("value\\.source\\.ts_(ms|us|ns)", "each connector's snapshot has its own moment"),
            inSnapshots("value\\.source\\.(lsn|txId|sequence)", "each connector's snapshot has its own position"));

    private static final List<Addition> ADDITIONS = List.of(
            new Addition(
                    Pattern.compile("header\\.__walbrook\\..*"),
                    "exact values for Walbrook's sink, only where types are propagated"),
            new Addition(
                    Pattern.compile("(key|value)-schema\\..* parameters=__walbrook\\..*"),
                    "what Walbrook's sink has to know beside Debezium's parameters: an enum's labels with commas in them,"
                            + " what a domain is made of, how bytes are written in text"),
            new Addition(Pattern.compile("offset\\.walbrook_.*"), "Walbrook's own position beside Debezium's"));

    /** With these properties the committed offset is a matter of time: it follows heartbeats, or a snapshot's moment. */
    static boolean offsetsFollowTime(Scenario scenario) {
        return scenario.configuration().containsKey("heartbeat.interval.ms")
                || scenario.ending() == Scenario.Ending.SNAPSHOT_ONLY;
    }

    /** Topics of which only the kinds of records are compared: how many there are is a matter of time. */
    static final Pattern TIMED_TOPICS = Pattern.compile("__debezium-heartbeat\\..*|.*heartbeat.*");

    private static final String EXEMPT = "(exempt)";

    private Exemptions() {}

    private static Exemption always(String path, String reason) {
        return new Exemption(Pattern.compile(path), false, reason);
    }

    private static Exemption inSnapshots(String path, String reason) {
        return new Exemption(Pattern.compile(path), true, reason);
    }

    /** @return the text to compare */
    static String text(String path, String text, boolean snapshot) {
        if (text.equals("null")) {
            return text;
        }
        return ALL.stream()
                        .anyMatch(exemption -> (snapshot || !exemption.snapshotOnly())
                                && exemption.path().matcher(path).matches())
                ? EXEMPT
                : text;
    }

    static boolean isAddition(String path) {
        return ADDITIONS.stream()
                .anyMatch(addition -> addition.path().matcher(path).matches());
    }

    /** What the page says: the path and why. */
    static Map<String, String> forThePage() {
        Map<String, String> rows = new LinkedHashMap<>();
        ALL.forEach(exemption -> rows.put(exemption.path().pattern(), exemption.reason()));
        ADDITIONS.forEach(addition -> rows.put(addition.path().pattern(), addition.reason()));
        return rows;
    }
}
