package dev.walbrook.connect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.connect.ColumnHeaders;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class RecordReaderTest {

    private static final String PLACEHOLDER = "__debezium_unavailable_value";

    private static final Schema ROW = SchemaBuilder.struct()
            .field("id", Schema.INT32_SCHEMA)
            .field(
                    "note",
                    SchemaBuilder.string().optional().defaultValue("none").build())
            .optional()
            .build();
    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .build();
    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .field("before", ROW)
            .field("after", ROW)
            .field("source", SOURCE)
            .field("op", Schema.STRING_SCHEMA)
            .build();

    private final RecordReader reader = reader(PrimaryKeyMode.RECORD_KEY, "${source.schema}.${source.table}");

    @Test
    void readsAnInsertWithItsNullsAsNulls() {
        RowChange.Put put = (RowChange.Put) reader.read(event("t", "c", "orders", row(7, null)));

        assertThat(put.table()).isEqualTo(new TableName("public", "orders"));
        assertThat(put.after().shape().keyColumns()).isEqualTo(1);
        assertThat(put.after().value(0)).isEqualTo(7);
        assertThat(put.after().value(1)).isNull();
        assertThat(put.before()).isNull();
    }

    @Test
    void sharesTheShapeOfEqualSchemas() {
        RowChange.Put first = (RowChange.Put) reader.read(event("t", "c", "orders", row(7, null)));
        RowChange.Put second = (RowChange.Put) reader.read(event("t", "u", "orders", row(8, "x")));

        assertThat(second.after().shape()).isSameAs(first.after().shape());
    }

    @Test
    void marksThePlaceholderInUpdatesAndKeyChangesOnly() {
        SinkRecord keyChange = event("t", "c", "orders", row(1, PLACEHOLDER));
        keyChange.headers().add("__debezium.oldkey", new Struct(KEY).put("id", 2), KEY);

        assertThat(unavailable(event("t", "u", "orders", row(1, PLACEHOLDER)))).isTrue();
        assertThat(unavailable(keyChange)).isTrue();
        assertThat(unavailable(event("t", "c", "orders", row(1, PLACEHOLDER)))).isFalse();
        assertThat(unavailable(event("t", "r", "orders", row(1, PLACEHOLDER)))).isFalse();
    }

    @Test
    void remembersTheTableOfATopicForItsTombstones() {
        assertThat(reader.read(event("routed", "c", "orders", row(1, "x")))).isNotNull();

        RowChange change = reader.read(tombstone("routed"));

        assertThat(change.table()).isEqualTo(new TableName("public", "orders"));
        assertThat(((RowChange.Delete) change).tombstone()).isTrue();
    }

    @Test
    void skipsTombstonesWhoseTableCannotBeKnown() {
        assertThat(reader.read(event("mixed", "c", "orders", row(1, "x")))).isNotNull();
        assertThat(reader.read(event("mixed", "c", "items", row(1, "x")))).isNotNull();

        assertThat(reader.read(tombstone("mixed"))).isNull();
        assertThat(reader.read(tombstone("topic"))).isNull();
        assertThat(reader.read(tombstone("prefix.public.orders")).table()).isEqualTo(new TableName("public", "orders"));
    }

    @Test
    void skipsWhatIsNotAboutRows() {
        Schema heartbeat = SchemaBuilder.struct()
                .name("io.debezium.connector.common.Heartbeat")
                .field("ts_ms", Schema.INT64_SCHEMA)
                .build();

        assertThat(reader.read(
                        new SinkRecord("t", 0, null, null, heartbeat, new Struct(heartbeat).put("ts_ms", 1L), 0)))
                .isNull();
    }

    @Test
    void saysWhereARecordWithoutSchemaIsAndWhatCuresIt() {
        SinkRecord record = new SinkRecord("t", 3, null, null, null, "secret", 42);

        assertThatThrownBy(() -> reader.read(record))
                .isInstanceOf(WalbrookException.class)
                .hasMessageContaining("topic=t partition=3 offset=42")
                .hasMessageContaining("neither a structure nor a JSON object")
                .hasMessageNotContaining("secret");
    }

    @Test
    void takesTheKeyFromTheValue() {
        RecordReader byValue = new RecordReader(new RecordReader.Settings(
                TableNaming.parse("${topic}"),
                PrimaryKeyMode.RECORD_VALUE,
                List.of("id"),
                FieldFilter.ALL,
                true,
                false,
                PLACEHOLDER));

        RowChange.Put put = (RowChange.Put) byValue.read(event("a.b", "c", "orders", row(7, "x")));

        assertThat(put.table()).isEqualTo(new TableName(null, "a_b"));
        assertThat(put.after().shape().keyColumns()).isEqualTo(1);
        assertThat(byValue.read(tombstone("a.b"))).isNull();
    }

    @Test
    void readsTheColumnsThatAHeaderCallsUnavailable() {
        SinkRecord known = event("t", "u", "orders", row(1, null));
        ColumnHeaders.addNames(known.headers(), ColumnHeaders.UNAVAILABLE, List.of("note"));
        SinkRecord joined = event("t", "u", "orders", row(1, null));
        joined.headers().addString(ColumnHeaders.UNAVAILABLE, "note");

        assertThat(unavailable(known)).isTrue();
        assertThatThrownBy(() -> reader.read(joined))
                .isInstanceOf(WalbrookException.class)
                .hasMessageContaining("header.converter=org.apache.kafka.connect.json.JsonConverter");
    }

    @Test
    void readsExactValuesIfTheirHeaderIsUnderstood() {
        SinkRecord exact = event("t", "c", "orders", row(1, "x"));
        ColumnHeaders.addTexts(exact.headers(), ColumnHeaders.EXACT_AFTER, Map.of("note", "exact"));
        SinkRecord unclear = event("t", "c", "orders", row(1, "x"));
        unclear.headers().addString(ColumnHeaders.EXACT_AFTER, "{note=exact}");

        assertThat(((RowChange.Put) reader.read(exact)).after().exact()).containsExactly(Map.entry("note", "exact"));
        assertThat(((RowChange.Put) reader.read(unclear)).after().exact()).isEmpty();
    }

    private boolean unavailable(SinkRecord record) {
        return ((RowChange.Put) reader.read(record)).after().isUnavailable(1);
    }

    private static RecordReader reader(PrimaryKeyMode mode, String format) {
        return new RecordReader(new RecordReader.Settings(
                TableNaming.parse(format), mode, List.of(), FieldFilter.ALL, true, false, PLACEHOLDER));
    }

    private static Struct row(int id, String note) {
        return new Struct(ROW).put("id", id).put("note", note);
    }

    private static SinkRecord event(String topic, String op, String table, Struct after) {
        Struct value = new Struct(ENVELOPE)
                .put("after", after)
                .put("source", new Struct(SOURCE).put("schema", "public").put("table", table))
                .put("op", op);
        return new SinkRecord(topic, 0, KEY, new Struct(KEY).put("id", after.get("id")), ENVELOPE, value, 0);
    }

    private static SinkRecord tombstone(String topic) {
        return new SinkRecord(topic, 0, KEY, new Struct(KEY).put("id", 1), null, null, 1);
    }
}
