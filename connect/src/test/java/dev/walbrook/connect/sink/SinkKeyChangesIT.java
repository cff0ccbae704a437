package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows that get another key while the event does not know their large value, against a real server. */
class SinkKeyChangesIT {

    private static final String UNKNOWN = "__debezium_unavailable_value";

    @RegisterExtension
    static final TargetServer SERVER = new TargetServer();

    private static int tables;

    private final PostgresSinkTask task = new PostgresSinkTask();
    private Events docs;
    private String table;

    @BeforeEach
    void startTask() {
        table = "docs" + ++tables;
        docs = new Events(
                "public",
                table,
                Events.columns(
                        "a",
                        Schema.INT32_SCHEMA,
                        "b",
                        Schema.STRING_SCHEMA,
                        "small",
                        Schema.OPTIONAL_STRING_SCHEMA,
                        "body",
                        Schema.OPTIONAL_STRING_SCHEMA),
                "b",
                "a");
        task.initialize(new DirectContext());
        task.start(SERVER.with(Map.of(
                "name", "it",
                "insert.mode", "upsert",
                "delete.enabled", "true",
                "primary.key.mode", "record_key",
                "schema.evolution", "basic",
                "collection.name.format", "${source.schema}.${source.table}")));
    }

    @AfterEach
    void stopTask() {
        task.stop();
    }

    @Test
    void keepsTheValueInOneBatchAndInSeveral() {
        task.put(List.of(docs.create(1, "x", "s", "first"), docs.create(2, "x", "s", "second")));

        docs.keyChange(old(1, "x"), 1, "y", "S", UNKNOWN).forEach(record -> task.put(List.of(record)));
        task.put(docs.keyChange(old(2, "x"), 3, "x", "S", UNKNOWN));

        assertThat(rows()).containsExactly("1|y|S|first", "3|x|S|second");
    }

    @Test
    void keepsTheOrderOfChainsInOneBatch() {
        List<SinkRecord> batch = new ArrayList<>(List.of(docs.create(1, "x", "s", "first")));
        batch.addAll(docs.keyChange(old(1, "x"), 2, "x", "s", UNKNOWN));
        batch.add(docs.create(1, "x", "s", "another"));
        batch.addAll(docs.keyChange(old(2, "x"), 3, "x", "s", UNKNOWN));
        batch.addAll(docs.keyChange(old(1, "x"), 2, "x", "s", UNKNOWN));

        task.put(batch);
        assertThat(rows()).containsExactly("2|x|s|another", "3|x|s|first");
        task.put(batch);
        assertThat(rows()).as("delivered again").containsExactly("2|x|s|another", "3|x|s|first");
    }

    @Test
    void changesNothingWhenDeliveredAgainFromAnyRecord() {
        List<SinkRecord> batch = new ArrayList<>(List.of(docs.create(1, "x", "s", "first")));
        batch.addAll(docs.keyChange(old(1, "x"), 2, "x", "t", UNKNOWN));
        batch.addAll(docs.keyChange(old(2, "x"), 3, "x", "u", UNKNOWN));
        task.put(batch);

        for (int from = 0; from < batch.size(); from++) {
            task.put(batch.subList(from, batch.size()));
            assertThat(rows()).as("from record " + from).containsExactly("3|x|u|first");
        }
    }

    @Test
    void deletesTheOldRowWhereTheNewKeyIsTaken() {
        task.put(List.of(docs.create(1, "x", "s", "first"), docs.create(2, "x", "s", "taken")));

        task.put(docs.keyChange(old(1, "x"), 2, "x", "S", "new"));

        assertThat(rows()).containsExactly("2|x|S|new");
    }

    @Test
    void movesOnTheTombstoneAloneAsFlattenedEventsHaveIt() {
        task.put(List.of(docs.create(1, "x", "s", "first")));
        List<SinkRecord> change = docs.keyChange(old(1, "x"), 2, "x", "S", UNKNOWN);

        task.put(List.of(change.get(1), docs.flattened(2, "x", "S", UNKNOWN)));

        assertThat(rows()).containsExactly("2|x|S|first");
    }

    @Test
    void takesTheNewKeyFromTheMapThatConnectsDefaultHeaderConverterMakes() {
        task.put(List.of(docs.create(1, "x", "s", "first")));
        List<SinkRecord> change = docs.keyChange(old(1, "x"), 2, "y", "S", UNKNOWN);
        for (SinkRecord record : change.subList(0, 2)) {
            record.headers().remove("__debezium.newkey");
            record.headers().add("__debezium.newkey", Map.of("b", "y", "a", (byte) 2), null);
        }

        task.put(change);

        assertThat(rows()).containsExactly("2|y|S|first");
    }

    @Test
    void deletesWhereTheHeaderDoesNotTellTheKey() {
        task.put(List.of(docs.create(1, "x", "s", "first")));
        List<SinkRecord> change = docs.keyChange(old(1, "x"), 2, "y", "S", "whole");
        for (SinkRecord record : change.subList(0, 2)) {
            record.headers().remove("__debezium.newkey");
            record.headers().add("__debezium.newkey", "Struct{b=y,a=2}", Schema.STRING_SCHEMA);
        }

        task.put(change);

        assertThat(rows()).containsExactly("2|y|S|whole");
    }

    private static List<Object> old(int a, String b) {
        return Arrays.asList(a, b, null, null);
    }

    private List<String> rows() {
        return SERVER.query("SELECT a, b, small, body FROM " + table + " ORDER BY 1, 2");
    }
}
