package dev.walbrook.outbox;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;

/** A source connector that publishes the outbox of one database, in whichever transport, to topics of its own. */
final class Pipeline implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String STRING_CONVERTER = "org.apache.kafka.connect.storage.StringConverter";

    private final String name = "outbox" + COUNT.incrementAndGet();
    private final TestDatabase database;
    private final Map<String, String> properties = new HashMap<>();

    /**
     * @param table the outbox's table, which is there; with messages too, for a connector wants a table
     * @param layout of the events
     */
    Pipeline(TestDatabase database, String table, EventLayout layout) {
        this.database = database;
        properties.putAll(Map.ofEntries(
                Map.entry("connector.class", "dev.walbrook.connect.source.PostgresSourceConnector"),
                Map.entry("tasks.max", "1"),
                Map.entry("key.converter", STRING_CONVERTER),
                Map.entry("value.converter", STRING_CONVERTER),
                Map.entry("header.converter", STRING_CONVERTER),
                Map.entry("database.hostname", database.host()),
                Map.entry("database.port", Integer.toString(database.port())),
                Map.entry("database.user", database.user()),
                Map.entry("database.password", database.password()),
                Map.entry("database.dbname", database.name()),
                Map.entry("topic.prefix", name),
                Map.entry("slot.name", name + "_" + database.name()),
                Map.entry("publication.name", name),
                Map.entry("publication.autocreate.mode", "filtered"),
                Map.entry("publish.via.partition.root", "true"),
                Map.entry("table.include.list", "public\\." + table),
                Map.entry("message.prefix.include.list", "outbox"),
                Map.entry("transforms", "decode,route"),
                Map.entry(
                        "transforms.decode.type",
                        "dev.walbrook.connector.postgresql.transforms.DecodeLogicalDecodingMessageContent"),
                Map.entry("transforms.decode.fields.null.include", "true"),
                Map.entry("transforms.route.type", "dev.walbrook.transforms.outbox.EventRouter"),
                Map.entry("transforms.route.route.topic.replacement", name + ".${routedByValue}")));
        layout.routerOptions().forEach((option, value) -> properties.put("transforms.route." + option, value));
    }

    /** Returns when the slot is there: from then on, whatever is written to the log is published. */
    Pipeline start() {
        TestConnect.shared().deploy(name, properties);
        Awaitility.await("the slot of " + name)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !database.query("SELECT 1 FROM pg_replication_slots WHERE confirmed_flush_lsn IS NOT NULL"
                                + " AND slot_name = '" + properties.get("slot.name") + "'")
                        .isEmpty());
        return this;
    }

    /** Waits for that many events of an aggregate type and returns all that are there. */
    List<ConsumerRecord<String, String>> await(String aggregateType, int count) {
        return TestKafka.shared().awaitRecords(name + "." + aggregateType, count);
    }

    @Override
    public void close() {
        TestConnect.shared().delete(name);
    }
}
