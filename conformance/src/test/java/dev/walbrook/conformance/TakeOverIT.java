package dev.walbrook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.testkit.Seeds;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connector changes its class, from Debezium's to Walbrook's and back, and its consumers do not notice. */
@Timeout(400)
class TakeOverIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final int SWITCHES = 4;
    private static final int CHANGES_PER_TURN = 400;

    private final TestConnect worker = Servers.worker();

    /** @param byWalbrook whether Walbrook wrote it */
    private record Event(String key, int number, boolean byWalbrook) {}

    @Test
    void nothingIsLostOrRepeatedWhenTheClassChangesUnderLoad() throws Exception {
        long seed = Seeds.random().nextLong();
        String name = "takeover" + Math.abs(seed % 100_000);
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            TakeOverLoad.createTables(database);
            run(name, Subject.DEBEZIUM, database);
            awaitStreaming(name, database);
            Set<Integer> expected;
            try (TakeOverLoad load = new TakeOverLoad(database, seed).start()) {
                expected = load.committed();
                for (int turn = 0; turn < SWITCHES; turn++) {
                    Subject subject = turn % 2 == 0 ? Subject.DEBEZIUM : Subject.WALBROOK;
                    int before = events(name).size();
                    if (turn > 0) {
                        run(name, subject, database);
                    }
                    Awaitility.await(subject + " goes on")
                            .atMost(LIMIT)
                            .pollInterval(POLL)
                            .until(() -> events(name).size() >= before + CHANGES_PER_TURN);
                    // Connect stores the offsets of what was acknowledged: mostly in the middle of some transaction.
                    worker.stop(name);
                }
            }
            run(name, Subject.WALBROOK, database);
            Awaitility.await("all changes").atMost(LIMIT).pollInterval(POLL).until(() -> numbers(events(name))
                    .containsAll(expected));
            worker.delete(name);

            List<Event> events = events(name);
            Map<String, Integer> lastOfKey = new HashMap<>();
            Set<Integer> seen = new HashSet<>();
            List<Event> repeatedByWalbrook = new ArrayList<>();
            int repeatedByDebezium = 0;
            for (Event event : events) {
                if (seen.add(event.number())) {
                    Integer last = lastOfKey.put(event.key(), event.number());
                    assertThat(last == null || last < event.number())
                            .as("%s after %s", event, last)
                            .isTrue();
                } else if (event.byWalbrook()) {
                    repeatedByWalbrook.add(event);
                } else {
                    repeatedByDebezium++;
                }
            }
            System.out.printf(
                    "Take-over: %d events, %d by Walbrook, %d repeated by Debezium%n",
                    events.size(), events.stream().filter(Event::byWalbrook).count(), repeatedByDebezium);
            assertThat(repeatedByWalbrook).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Subject.class)
    void theOtherConnectorStreamsAfterASnapshot(Subject first) throws Exception {
        String name = "snapshotby" + first.uniqueName(9000);
        Subject second = first == Subject.DEBEZIUM ? Subject.WALBROOK : Subject.DEBEZIUM;
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            TakeOverLoad.createTables(database);
            database.execute("INSERT INTO single SELECT i, i FROM generate_series(1, 100) i");
            run(name, first, database);
            Awaitility.await("the snapshot").atMost(LIMIT).until(() -> worker.offsets(name)
                    .path(0)
                    .path("offset")
                    .path("snapshot_completed")
                    .asBoolean());
            worker.stop(name);
            database.execute(
                    "INSERT INTO single SELECT i, i FROM generate_series(101, 130) i",
                    "UPDATE single SET n = n + 1000 WHERE id <= 20");

            run(name, second, database);
            Awaitility.await("the changes since")
                    .atMost(LIMIT)
                    .until(() -> events(name).size() >= 150);
            worker.delete(name);

            assertThat(events(name)).hasSize(150);
        }
    }

    private static void awaitStreaming(String name, TestDatabase database) {
        Awaitility.await("streaming").atMost(LIMIT).until(() -> "1"
                .equals(database.queryString(
                        """
                        SELECT count(*) FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid
                        WHERE s.slot_name = '%s' AND r.state = 'streaming'"""
                                .formatted(name))));
    }

    private void run(String name, Subject subject, TestDatabase database) {
        Map<String, String> properties = subject.sourceProperties(name, database);
        properties.put("publication.autocreate.mode", "filtered");
        properties.put("table.include.list", "public.*");
        properties.put("max.batch.size", "50");
        properties.put("max.queue.size", "100");
        properties.put("poll.interval.ms", "20");
        properties.put("slot.retry.delay.ms", "200");
        properties.put("slot.max.retries", "100");
        properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("key.converter.schemas.enable", "false");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("value.converter.schemas.enable", "false");
        String refusal = worker.create(name, properties);
        assertThat(refusal).isNull();
        worker.resume(name);
    }

    private static List<Event> events(String name) throws JsonProcessingException {
        List<Event> events = new ArrayList<>();
        for (String table : TakeOverLoad.TABLES) {
            String topic = name + ".public." + table;
            for (ConsumerRecord<String, String> record : TestKafka.shared().consume(topic)) {
                JsonNode value = JSON.readTree(record.value());
                events.add(new Event(
                        table + JSON.readTree(record.key()).path("id").asInt(),
                        value.path("after").path("n").asInt(),
                        !value.path("source").path("version").asText().contains("Final")));
            }
        }
        return events;
    }

    private static Set<Integer> numbers(List<Event> events) {
        Set<Integer> numbers = new HashSet<>();
        events.forEach(event -> numbers.add(event.number()));
        return numbers;
    }
}
