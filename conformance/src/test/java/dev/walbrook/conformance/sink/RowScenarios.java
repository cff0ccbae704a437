package dev.walbrook.conformance.sink;

import static dev.walbrook.conformance.sink.SinkScenario.scenario;
import static org.apache.kafka.connect.data.Schema.INT32_SCHEMA;
import static org.apache.kafka.connect.data.Schema.INT64_SCHEMA;
import static org.apache.kafka.connect.data.Schema.OPTIONAL_INT32_SCHEMA;
import static org.apache.kafka.connect.data.Schema.OPTIONAL_STRING_SCHEMA;
import static org.apache.kafka.connect.data.Schema.STRING_SCHEMA;

import java.util.ArrayList;
import java.util.List;

/** What becomes of rows: how they are inserted, what their key is, deletes and truncates. */
final class RowScenarios {

    private static final Events ORDERS =
            Events.of("orders", "id", INT32_SCHEMA, "note", OPTIONAL_STRING_SCHEMA, "amount", OPTIONAL_INT32_SCHEMA);
    private static final Events LOG = Events.keyless("log", "at", INT64_SCHEMA, "line", OPTIONAL_STRING_SCHEMA);
    private static final Events PLACES =
            Events.twoKeys("places", "country", STRING_SCHEMA, "id", INT64_SCHEMA, "name", OPTIONAL_STRING_SCHEMA);

    private static final String TABLE =
            "CREATE TABLE server_{schema}_orders (id int PRIMARY KEY, note text, amount int)";

    private static final String KEYLESS =
            "rows of tables without primary key are appended; Debezium's sink stops at the first one, and with it every"
                    + " other table";

    private RowScenarios() {}

    static List<SinkScenario> all() {
        List<SinkScenario> all = new ArrayList<>();
        all.addAll(modes());
        all.addAll(keys());
        all.addAll(deletes());
        all.addAll(refusals());
        return all;
    }

    private static List<SinkScenario> modes() {
        return List.of(
                scenario("mode/default", "plain inserts without key into a table that is created")
                        .with("insert.mode", "insert")
                        .creating()
                        .records(ORDERS.create(1, "a", 10), ORDERS.read(2, null, null), ORDERS.create(1, "again", 11))
                        .build(),
                scenario("mode/insert-keyed", "plain inserts with the record's key")
                        .with("insert.mode", "insert")
                        .using("primary.key.mode", "record_key")
                        .creating()
                        .records(ORDERS.create(1, "a", 10), ORDERS.create(2, "b", 20))
                        .build(),
                scenario("mode/insert-twice", "a plain insert of a key that is there")
                        .with("insert.mode", "insert")
                        .using("primary.key.mode", "record_key")
                        .creating()
                        .records(ORDERS.create(1, "a", 10), ORDERS.create(1, "b", 20))
                        .fails()
                        .build(),
                scenario("mode/upsert", "creates, updates and a row that comes again")
                        .with("insert.mode", "upsert")
                        .mirroring()
                        .records(
                                ORDERS.create(1, "a", 10),
                                ORDERS.create(2, "b", 20),
                                ORDERS.update(1, null, 11),
                                ORDERS.create(2, "again", 21))
                        .build(),
                scenario("mode/upsert-keyless", "an upsert of a record without key")
                        .with("insert.mode", "upsert")
                        .mirroring()
                        .records(LOG.create(1L, "a"))
                        .differs("failure", KEYLESS)
                        .build(),
                scenario("mode/update", "updates of rows that are there, and of one that is not")
                        .with("insert.mode", "update")
                        .using("primary.key.mode", "record_key")
                        .before(TABLE, "INSERT INTO server_{schema}_orders VALUES (1, 'old', 1), (2, 'old', 2)")
                        .records(ORDERS.update(1, "new", 11), ORDERS.create(2, null, 22), ORDERS.update(9, "none", 9))
                        .build(),
                scenario("mode/reduction-buffer", "many changes of a key, of which the last one counts")
                        .with("use.reduction.buffer", "true")
                        .mirroring()
                        .records(
                                ORDERS.create(1, "a", 1),
                                ORDERS.update(1, "b", 2),
                                ORDERS.create(2, "a", 1),
                                ORDERS.update(1, "c", 3))
                        .build(),
                scenario("mode/unnest", "many rows in one statement")
                        .with("dialect.postgres.unnest.insert.enabled", "true")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 1), ORDERS.create(2, null, 2), ORDERS.create(3, "c", null))
                        .build(),
                scenario("mode/batch-size", "a transaction for each record")
                        .with("batch.size", "1")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 1), ORDERS.update(1, "b", 2), ORDERS.create(2, "c", null))
                        .build());
    }

    private static List<SinkScenario> keys() {
        return List.of(
                scenario("key/none", "no key at all")
                        .with("primary.key.mode", "none")
                        .creating()
                        .records(ORDERS.create(1, "a", 10), ORDERS.create(2, "b", 20))
                        .build(),
                scenario("key/kafka", "the record's place in Kafka")
                        .with("primary.key.mode", "kafka")
                        .creating()
                        .records(ORDERS.create(1, "a", 10), ORDERS.create(1, "b", 20))
                        .build(),
                scenario("key/kafka-upsert", "the record's place in Kafka, upserted")
                        .with("primary.key.mode", "kafka")
                        .using("insert.mode", "upsert")
                        .creating()
                        .records(ORDERS.create(1, "a", 10), ORDERS.create(1, "b", 20))
                        .build(),
                scenario("key/record-key", "all fields of the record's key")
                        .with("primary.key.mode", "record_key")
                        .using("insert.mode", "upsert")
                        .creating()
                        .records(PLACES.create("uk", 1L, "London"), PLACES.create("fr", 1L, "Paris"))
                        .build(),
                scenario("key/record-key-fields", "one field of the record's key")
                        .with("primary.key.mode", "record_key")
                        .with("primary.key.fields", "id")
                        .using("insert.mode", "upsert")
                        .creating()
                        .records(PLACES.create("uk", 1L, "London"), PLACES.create("fr", 2L, "Paris"))
                        .build(),
                scenario("key/record-key-single", "a key that is a single value")
                        .with("primary.key.mode", "record_key")
                        .with("primary.key.fields", "id")
                        .using("insert.mode", "upsert")
                        .creating()
                        .records(
                                ORDERS.withKey(INT32_SCHEMA, 7, 7, "a", 10),
                                ORDERS.withKey(INT32_SCHEMA, 8, 8, "b", 20))
                        .differs(
                                "failure",
                                "a key that is a single value belongs to the one field that is named; Debezium's sink fails"
                                        + " with a ClassCastException")
                        .build(),
                scenario("key/record-key-missing", "a record without key where keys are wanted")
                        .with("primary.key.mode", "record_key")
                        .creating()
                        .using("insert.mode", "upsert")
                        .records(LOG.create(1L, "a"))
                        .differs("failure", KEYLESS)
                        .build(),
                scenario("key/record-value", "fields of the value")
                        .with("primary.key.mode", "record_value")
                        .with("primary.key.fields", "id")
                        .using("insert.mode", "upsert")
                        .creating()
                        .records(ORDERS.create(1, "a", 10), ORDERS.create(2, "b", 20), ORDERS.update(1, "c", 11))
                        .build(),
                scenario("key/record-value-two", "two fields of the value")
                        .with("primary.key.mode", "record_value")
                        .with("primary.key.fields", "at,line")
                        .using("insert.mode", "upsert")
                        .creating()
                        .records(LOG.flattened(1L, "a"), LOG.flattened(1L, "b"), LOG.flattened(1L, "a"))
                        .build(),
                scenario("key/record-value-all", "all fields of the value")
                        .with("primary.key.mode", "record_value")
                        .using("insert.mode", "upsert")
                        .creating()
                        .records(PLACES.flattened("uk", 1L, "London"), PLACES.flattened("uk", 1L, "London"))
                        .build(),
                scenario("key/record-header", "a header")
                        .with("primary.key.mode", "record_header")
                        .with("primary.key.fields", "tenant")
                        .using("insert.mode", "upsert")
                        .creating()
                        .records(
                                LOG.flattened(1L, "a").withHeader("tenant", "red"),
                                LOG.flattened(2L, "b").withHeader("tenant", "blue"),
                                LOG.flattened(3L, "c").withHeader("tenant", "red"))
                        .build());
    }

    private static List<SinkScenario> deletes() {
        return List.of(
                scenario("delete/enabled", "delete events with their tombstones, and a row that comes back")
                        .with("delete.enabled", "true")
                        .mirroring()
                        .records(
                                ORDERS.create(1, "a", 10),
                                ORDERS.create(2, "b", 20),
                                ORDERS.create(3, "c", 30),
                                ORDERS.delete(1, "a", 10),
                                ORDERS.tombstone(1),
                                ORDERS.delete(2, "b", 20),
                                ORDERS.tombstone(2),
                                ORDERS.create(2, "back", 21))
                        .build(),
                scenario("delete/disabled", "delete events and tombstones that are not wanted")
                        .with("delete.enabled", "false")
                        .using("insert.mode", "upsert")
                        .using("primary.key.mode", "record_key")
                        .creating()
                        .records(
                                ORDERS.create(1, "a", 10),
                                ORDERS.create(2, "b", 20),
                                ORDERS.delete(1, "a", 10),
                                ORDERS.tombstone(1))
                        .build(),
                scenario("delete/flattened", "tombstones after flattened records")
                        .with("delete.enabled", "true")
                        .mirroring()
                        .records(
                                ORDERS.flattened(1, "a", 10),
                                ORDERS.flattened(2, "b", 20),
                                ORDERS.tombstone(1),
                                ORDERS.tombstone(9))
                        .build(),
                scenario("delete/composite", "deletes by a key of two columns")
                        .with("delete.enabled", "true")
                        .mirroring()
                        .records(
                                PLACES.create("uk", 1L, "London"),
                                PLACES.create("fr", 1L, "Paris"),
                                PLACES.delete("uk", 1L, "London"),
                                PLACES.tombstone("uk", 1L))
                        .build(),
                scenario("delete/insert-mode", "deletes beside plain inserts")
                        .with("delete.enabled", "true")
                        .using("insert.mode", "insert")
                        .using("primary.key.mode", "record_key")
                        .creating()
                        .records(
                                ORDERS.create(1, "a", 10),
                                ORDERS.delete(1, "a", 10),
                                ORDERS.tombstone(1),
                                ORDERS.create(1, "again", 11))
                        .build(),
                scenario("delete/without-key", "deletes without primary.key.mode=record_key")
                        .with("delete.enabled", "true")
                        .using("primary.key.mode", "none")
                        .creating()
                        .records(ORDERS.create(1, "a", 10))
                        .differs(
                                "failure",
                                "with REPLICA IDENTITY FULL, rows without key are deleted by what they were; Debezium's sink"
                                        + " refuses the configuration")
                        .build(),
                scenario("truncate/enabled", "a truncate between rows")
                        .with("truncate.enabled", "true")
                        .mirroring()
                        .records(
                                ORDERS.create(1, "a", 10),
                                ORDERS.create(2, "b", 20),
                                ORDERS.truncate(),
                                ORDERS.create(3, "c", 30))
                        .build(),
                scenario("truncate/disabled", "a truncate that is not wanted")
                        .with("truncate.enabled", "false")
                        .mirroring()
                        .records(ORDERS.create(1, "a", 10), ORDERS.truncate(), ORDERS.create(3, "c", 30))
                        .build());
    }

    private static List<SinkScenario> refusals() {
        String checked =
                "CREATE TABLE server_{schema}_orders (id int PRIMARY KEY, note text, amount int CHECK (amount > 0))";
        return List.of(
                scenario("refused/stops", "a row that the target refuses")
                        .mirroring()
                        .before(checked)
                        .records(ORDERS.create(1, "a", 1), ORDERS.create(2, "b", -1), ORDERS.create(3, "c", 3))
                        .fails()
                        .build(),
                scenario("refused/tolerated", "a row that the target refuses, with errors.tolerance=all")
                        .using("errors.tolerance", "all")
                        .mirroring()
                        .before(checked)
                        .records(ORDERS.create(1, "a", 1), ORDERS.create(2, "b", -1), ORDERS.create(3, "c", 3))
                        .differs(
                                "failure",
                                "with errors.tolerance=all a refused row is set aside and the rest is written; Debezium's sink"
                                        + " stops")
                        .build(),
                scenario("refused/type", "a value that the column does not take")
                        .mirroring()
                        .before("CREATE TABLE server_{schema}_orders (id int PRIMARY KEY, note int, amount int)")
                        .records(ORDERS.create(1, "no number", 1))
                        .fails()
                        .build());
    }
}
