package dev.walbrook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The transforms in a real worker, under Connect's predicates: on Walbrook's connector and on Debezium's, and Debezium's
 * transforms beside them.
 */
class TransformsIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String DEBEZIUM = "io.debezium";
    private static final String WALBROOK = "dev.walbrook";

    private final TestConnect worker = Servers.worker();
    private final TestDatabase database = TestPostgres.source().createDatabase();
    private final List<String> connectors = new ArrayList<>();

    @AfterEach
    void removeConnectors() {
        connectors.forEach(worker::delete);
        database.close();
    }

    @Test
    void rowsAndOutboxEventsAreTheSameWhoeverMakesThem() {
        createTables();
        Map<String, String> names = new LinkedHashMap<>();
        for (Subject source : Subject.values()) {
            for (String transforms : List.of(DEBEZIUM, WALBROOK)) {
                // As long as each other, for the names are part of what is compared.
                String name = source.uniqueName(transforms.equals(DEBEZIUM) ? 7001 : 7002);
                deploy(name, source, routing(name, transforms));
                names.put(source + " with " + transforms, name);
            }
        }
        awaitStreaming(names.size());

        database.execute(
                "INSERT INTO orders VALUES (1, 'first', 12.50), (2, 'second', NULL)",
                "UPDATE orders SET note = 'changed' WHERE id = 1",
                "DELETE FROM orders WHERE id = 2",
                "INSERT INTO outbox VALUES (gen_random_uuid(), 'order', '1', 'created', '{\"total\": 12.5}', 3)",
                "INSERT INTO outbox VALUES (gen_random_uuid(), 'payment', '9', 'paid', '{\"items\": [1, 2]}', NULL)",
                "DELETE FROM outbox",
                "SELECT pg_logical_emit_message(true, 'outbox', '{\"id\": \"r1\", \"aggregatetype\": \"refund\","
                        + " \"aggregateid\": \"3\", \"type\": \"paid back\", \"rank\": 2, \"payload\": {\"total\": 3.5}}')");

        Map<String, Map<String, List<ObservedRecord>>> observed = new LinkedHashMap<>();
        names.forEach((who, name) -> observed.put(who, observe(name)));
        Map<String, List<ObservedRecord>> expected =
                Objects.requireNonNull(observed.get(Subject.DEBEZIUM + " with " + DEBEZIUM));
        assertThat(expected.get("orders")).hasSize(5);
        assertThat(expected.get("events.order")).hasSize(1);
        assertThat(expected.get("events.payment")).hasSize(1);
        assertThat(expected.get("events.refund")).hasSize(1);
        observed.forEach((who, topics) -> assertThat(topics).as(who).isEqualTo(expected));
    }

    @Test
    void badRecordsAreSkippedIfTolerated() {
        createTables();
        String name = "tolerant7003";
        Map<String, String> properties = routing(name, WALBROOK);
        properties.put("errors.tolerance", "all");
        deploy(name, Subject.WALBROOK, properties);
        awaitStreaming(1);

        database.execute(
                "INSERT INTO outbox VALUES (gen_random_uuid(), NULL, '1', 'created', '{\"n\": 1}', 0)",
                "TRUNCATE outbox",
                "UPDATE orders SET note = note",
                "INSERT INTO outbox VALUES (gen_random_uuid(), 'order', '2', 'created', '{\"n\": 2}', 0)");

        List<ConsumerRecord<String, String>> events = TestKafka.shared().awaitRecords(name + ".events.order", 1);
        assertThat(events).singleElement().satisfies(event -> assertThat(event.value())
                .contains("=.n\tinteger 2"));
        worker.awaitRunning(name);
    }

    @Test
    void badRecordsStopTheTaskOtherwiseAndTheStatusSaysWhy() {
        createTables();
        String name = "strict7004";
        deploy(name, Subject.WALBROOK, routing(name, WALBROOK));
        awaitStreaming(1);

        database.execute("INSERT INTO outbox VALUES (gen_random_uuid(), NULL, '1', 'created', '{\"secret\": 1}', 0)");

        assertThat(worker.awaitFailure(name))
                .contains("EventRouter cannot transform the record of topic strict7004.public.outbox, source offset {")
                .contains("its column 'aggregatetype', which names the topic, is null")
                .contains("Make the column NOT NULL text, or name another in route.by.field.")
                .doesNotContain("secret");
    }

    @Test
    void expressionsAndPredicatesTakeTheRecordsApart() {
        createTables();
        String name = "apart7005";
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("transforms", "keep,mark,route");
        properties.put("transforms.keep.type", "dev.walbrook.transforms.Filter");
        properties.put("transforms.keep.condition", "value.op != 'd' && value.after.amount > 10");
        properties.put("transforms.keep.predicate", "isTombstone");
        properties.put("transforms.keep.negate", "true");
        properties.put("transforms.mark.type", "org.apache.kafka.connect.transforms.InsertHeader");
        properties.put("transforms.mark.header", "marked");
        properties.put("transforms.mark.value.literal", "yes");
        properties.put("transforms.mark.predicate", "isTombstone");
        properties.put("transforms.route.type", "dev.walbrook.transforms.ContentBasedRouter");
        properties.put("transforms.route.topic.expression", "value.op == 'u' ? topic + '.updates' : null");
        properties.put("transforms.route.predicate", "isMarked");
        properties.put("transforms.route.negate", "true");
        properties.put("predicates", "isTombstone,isMarked");
        properties.put(
                "predicates.isTombstone.type", "org.apache.kafka.connect.transforms.predicates.RecordIsTombstone");
        properties.put("predicates.isMarked.type", "org.apache.kafka.connect.transforms.predicates.HasHeaderKey");
        properties.put("predicates.isMarked.name", "marked");
        properties.put("decimal.handling.mode", "double");
        deploy(name, Subject.WALBROOK, properties);
        awaitStreaming(1);

        database.execute(
                "INSERT INTO orders VALUES (1, 'kept', 12.50), (2, 'dropped', 5), (3, 'nothing', NULL)",
                "UPDATE orders SET amount = 20 WHERE id = 1",
                "DELETE FROM orders WHERE id = 1");

        assertThat(TestKafka.shared().awaitRecords(name + ".public.orders.updates", 1))
                .hasSize(1);
        List<ConsumerRecord<String, String>> rest = TestKafka.shared().awaitRecords(name + ".public.orders", 2);
        assertThat(rest).extracting(record -> record.value() == null).containsExactly(false, true);
        assertThat(rest.get(1).headers().lastHeader("marked")).isNotNull();
    }

    private void createTables() {
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY, note text DEFAULT 'none', amount numeric(10, 2))",
                "ALTER TABLE orders REPLICA IDENTITY FULL",
                "CREATE TABLE outbox (id uuid PRIMARY KEY, aggregatetype text, aggregateid text, type text,"
                        + " payload jsonb, rank int)");
    }

    /** Orders become rows, the outbox's rows and messages events; the transforms are those of a package. */
    private static Map<String, String> routing(String name, String transforms) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("transforms", "decode,unwrap,outbox");
        properties.put(
                "transforms.decode.type",
                transforms + ".connector.postgresql.transforms.DecodeLogicalDecodingMessageContent");
        properties.put("transforms.unwrap.type", transforms + ".transforms.ExtractNewRecordState");
        properties.put("transforms.unwrap.delete.tombstone.handling.mode", "rewrite-with-tombstone");
        properties.put("transforms.unwrap.add.fields", "op,table,source.lsn");
        // No add.headers: Debezium's transform adds a header twice where its connector's records share theirs.
        properties.put("transforms.unwrap.predicate", "isOutbox");
        properties.put("transforms.unwrap.negate", "true");
        properties.put("transforms.outbox.type", transforms + ".transforms.outbox.EventRouter");
        properties.put("transforms.outbox.route.topic.replacement", name + ".events.${routedByValue}");
        properties.put("transforms.outbox.table.expand.json.payload", "true");
        properties.put("transforms.outbox.table.fields.additional.placement", "type:header:eventType,rank:header");
        properties.put("transforms.outbox.predicate", "isOutbox");
        // Without the predicate Debezium's fails on tombstones.
        properties.put("transforms.decode.predicate", "isMessage");
        properties.put("predicates", "isOutbox,isMessage");
        properties.put("predicates.isMessage.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
        properties.put("predicates.isMessage.pattern", ".*\\.message");
        properties.put("predicates.isOutbox.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches");
        properties.put("predicates.isOutbox.pattern", ".*\\.(public\\.outbox|message)");
        return properties;
    }

    private void deploy(String name, Subject source, Map<String, String> further) {
        Map<String, String> properties = source.sourceProperties(name, database);
        properties.put("skipped.operations", "none");
        properties.put("key.converter", CanonicalConverter.class.getName());
        properties.put("value.converter", CanonicalConverter.class.getName());
        properties.put("header.converter", CanonicalHeaderConverter.class.getName());
        properties.putAll(further);
        worker.deploy(name, properties);
        connectors.add(name);
    }

    private void awaitStreaming(int connections) {
        String streaming =
                """
                SELECT count(*) FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid
                WHERE s.database = current_database() AND r.state IN ('catchup', 'streaming')
                """;
        Awaitility.await("all connectors stream").atMost(LIMIT).until(() -> Integer.toString(connections)
                .equals(database.queryString(streaming)));
    }

    /** What a connector wrote, by topic without its name. */
    private static Map<String, List<ObservedRecord>> observe(String name) {
        Map<String, List<ObservedRecord>> observed = new LinkedHashMap<>();
        Map.of("orders", 5, "events.order", 1, "events.payment", 1, "events.refund", 1)
                .forEach((topic, count) -> {
                    String whole = topic.equals("orders") ? name + ".public.orders" : name + "." + topic;
                    observed.put(
                            topic,
                            TestKafka.shared().awaitRecordBytes(whole, count).stream()
                                    .map(record -> ObservedRecord.of(record, name))
                                    .toList());
                });
        return observed;
    }
}
