package dev.walbrook.conformance.sink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.walbrook.conformance.Servers;
import dev.walbrook.conformance.Subject;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Topics that both sources have written of the same tables and the same changes, once as they are by default and once with
 * the columns' types propagated. Any number of sinks may read them.
 */
final class RecordedTopics {

    /** How a source is configured, by the name that the topics begin with. */
    private static final Map<String, Map<String, String>> PROFILES = Map.of(
            "plain", Map.of(),
            "typed", Map.of("column.propagate.source.type", ".*", "include.unknown.datatypes", "true"));

    private RecordedTopics() {}

    /** The topics' prefix of a source and a profile, {@code plain} or {@code typed}. */
    static String prefix(Subject source, String profile) {
        return source.name().toLowerCase(Locale.ROOT) + "_" + profile;
    }

    /**
     * Runs the sources until they have written everything.
     *
     * @param before makes the tables and the rows of the snapshot, in the schema public
     * @param inSnapshot how many records each table's topic has then
     * @param changes are captured; one transaction
     * @param inAll how many records each table's topic has in the end
     */
    static void record(
            List<String> before, Map<String, Integer> inSnapshot, String changes, Map<String, Integer> inAll) {
        TestConnect worker = Servers.sinkWorker();
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            before.forEach(database::execute);
            List<String> prefixes = new ArrayList<>();
            for (Subject source : Subject.values()) {
                PROFILES.forEach((profile, settings) -> {
                    String prefix = prefix(source, profile);
                    prefixes.add(prefix);
                    Map<String, String> properties = new TreeMap<>(settings);
                    properties.putAll(configuration(source, prefix, database));
                    worker.deploy(prefix, properties);
                });
            }
            // A source that has its offsets streams; what is changed before could be in its snapshot.
            prefixes.forEach(prefix -> SinkRun.await(prefix + " has read its snapshot", () -> {
                JsonNode offset = worker.offsets(prefix).path(0).path("offset");
                return offset.path("snapshot_completed").asBoolean(false)
                        || !offset.has("snapshot") && offset.has("lsn");
            }));
            await(prefixes, inSnapshot);
            database.execute(changes);
            await(prefixes, inAll);
            prefixes.forEach(worker::delete);
        }
    }

    private static Map<String, String> configuration(Subject source, String prefix, TestDatabase database) {
        Map<String, String> properties = source.sourceProperties(prefix, database);
        properties.put("poll.interval.ms", "20");
        properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        return properties;
    }

    private static void await(List<String> prefixes, Map<String, Integer> counts) {
        for (String prefix : prefixes) {
            counts.forEach((table, count) -> TestKafka.shared().awaitRecords(prefix + ".public." + table, count));
        }
    }
}
