package dev.walbrook.conformance.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

/**
 * Proves each {@link TransformDifference}: what Debezium does and what Walbrook does instead. A difference that is gone in a
 * later Debezium fails here. {@code -Dwalbrook.docs.update=true} writes the page that lists them.
 */
class TransformDifferencesTest {

    private static final Path PAGE = Path.of("..", "docs", "reference", "transform-differences.md");
    private static final String TOPIC = "shop.public.orders";
    private static final String NEW_STATE = "transforms.ExtractNewRecordState";
    private static final String ROUTER = "transforms.outbox.EventRouter";
    private static final Schema NAMES =
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build();
    private static final Schema OUTBOX = Events.row("shop.public.outbox")
            .field("id", Schema.STRING_SCHEMA)
            .field("aggregateid", Schema.STRING_SCHEMA)
            .field("aggregatetype", Schema.STRING_SCHEMA)
            .field("type", Schema.STRING_SCHEMA)
            .field("payload", Schema.OPTIONAL_STRING_SCHEMA)
            .field("tracingspancontext", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private static SourceRecord order(String operation) {
        Schema row = Events.orders(TOPIC);
        Struct values = Events.order(row, 2);
        boolean deleted = operation.equals("d");
        return Events.event(TOPIC, row, Events.key(TOPIC), operation, deleted ? values : null, deleted ? null : values);
    }

    private static SourceRecord outbox(String aggregate, String payload) {
        return Events.event("shop.public.outbox", OUTBOX, null, "c", null, outboxRow(aggregate, payload));
    }

    private static Struct outboxRow(String aggregate, String payload) {
        return new Struct(OUTBOX)
                .put("id", "1")
                .put("aggregateid", "7")
                .put("aggregatetype", aggregate)
                .put("type", "created")
                .put("payload", payload);
    }

    private static Struct value(Outcome outcome) {
        return (Struct) outcome.record().value();
    }

    @Test
    void thePageListsThem() throws IOException {
        StringBuilder page = new StringBuilder("# Where the transforms differ from Debezium's\n\n")
                .append("<!-- Written by TransformDifferencesTest, which proves each; do not edit. -->\n\n")
                .append(
                        "Everything else is equal, record by record: topic, partition, key, value, schemas, headers and")
                .append(" time.\n\n| transform | difference |\n|---|---|\n");
        for (TransformDifference difference : TransformDifference.values()) {
            page.append("| ")
                    .append(difference.transforms())
                    .append(" | ")
                    .append(difference.reason())
                    .append(" |\n");
        }
        if (Boolean.getBoolean("walbrook.docs.update")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("run ./mvnw test -pl conformance -am -Dwalbrook.docs.update=true")
                .hasContent(page.toString());
    }

    /** {@link TransformDifference#REFUSALS} */
    @Test
    void refusalsHoldNoValues() {
        TransformPair pair = new TransformPair(ROUTER, Map.of("table.op.invalid.behavior", "fatal"));
        Struct row = outboxRow("order", "secret");
        SourceRecord update = Events.event("shop.public.outbox", OUTBOX, null, "u", row, row);

        assertThat(pair.debezium(update).failure()).isExactlyInstanceOf(IllegalStateException.class);
        assertThat(pair.walbrook(update).failure())
                .hasMessageContaining("shop.public.outbox")
                .hasMessageNotContaining("secret");
    }

    /** {@link TransformDifference#UNTOUCHED}; {@link TransformPair} looks at every record of ours. */
    @Test
    void theRecordIsLeftAsItWas() {
        SourceRecord record = order("c");
        Transformation<SourceRecord> debezium =
                TransformPair.transformation("io.debezium.transforms.TimezoneConverter");
        debezium.configure(Map.of("converted.timezone", "+08:00"));
        String before = String.valueOf(record.value());

        debezium.apply(record);

        assertThat(String.valueOf(record.value())).isNotEqualTo(before);
    }

    /** {@link TransformDifference#UNTOUCHED} */
    @Test
    void headersThatTwoRecordsShareAreAddedToOnce() {
        for (String vendor : List.of("io.debezium", "dev.walbrook")) {
            Transformation<SourceRecord> transformation = TransformPair.transformation(vendor + "." + NEW_STATE);
            transformation.configure(
                    Map.of("add.headers", "op", "delete.tombstone.handling.mode", "rewrite-with-tombstone"));
            SourceRecord delete = order("d");
            SourceRecord tombstone = delete.newRecord(
                    TOPIC, null, delete.keySchema(), delete.key(), null, null, delete.timestamp(), delete.headers());

            transformation.apply(delete);
            SourceRecord transformed = transformation.apply(tombstone);

            assertThat(transformed.headers().allWithName("__op"))
                    .toIterable()
                    .as(vendor)
                    .hasSize(vendor.equals("io.debezium") ? 2 : 1);
        }
    }

    /** {@link TransformDifference#TWO_X_OPTIONS} */
    @Test
    void optionsOfVersion2() {
        TransformPair drop = new TransformPair(NEW_STATE, Map.of("drop.tombstones", "true"));
        TransformPair rewrite =
                new TransformPair(NEW_STATE, Map.of("drop.tombstones", "false", "delete.handling.mode", "rewrite"));
        SourceRecord tombstone = Events.tombstone(TOPIC, Events.key(TOPIC), 2);

        assertThat(drop.debezium(order("d")).record()).isNotNull();
        assertThat(drop.walbrook(order("d")).record()).isNull();
        assertThat(rewrite.debezium(order("d")).record().value()).isNull();
        assertThat(value(rewrite.walbrook(order("d"))).get("__deleted")).isEqualTo("true");
        assertThat(value(rewrite.walbrook(order("c"))).get("__deleted")).isEqualTo("false");
        assertThat(rewrite.walbrook(tombstone).record()).isNotNull();
        new TransformPair(NEW_STATE, Map.of("delete.handling.mode", "none", "delete.tombstone.handling.mode", "drop"))
                .assertSame(List.of(order("d"), tombstone));
    }

    /** {@link TransformDifference#DROP_WITHOUT_DEFAULTS} */
    @Test
    void nullsStayWhereFieldsAreDropped() {
        TransformPair pair = new TransformPair(
                NEW_STATE, Map.of("drop.fields.header.name", "drop", "replace.null.with.default", "false"));
        SourceRecord record = order("c");
        record.headers().add("drop", List.of("region"), NAMES);

        assertThat(value(pair.debezium(record)).getWithoutDefault("note")).isEqualTo("nothing");
        assertThat(value(pair.walbrook(record)).getWithoutDefault("note")).isNull();
    }

    /** {@link TransformDifference#DROP_FROM_TOMBSTONES} */
    @Test
    void fieldsAreDroppedFromTheKeysOfTombstones() {
        TransformPair pair = new TransformPair(
                NEW_STATE,
                Map.of(
                        "drop.fields.header.name", "drop",
                        "drop.fields.from.key", "true",
                        "delete.tombstone.handling.mode", "delete-to-tombstone"));
        SourceRecord record = order("d");
        record.headers().add("drop", List.of("region"), NAMES);

        assertThat(pair.debezium(record).failure()).isExactlyInstanceOf(NullPointerException.class);
        SourceRecord ours = pair.walbrook(record).record();
        assertThat(ours.value()).isNull();
        assertThat(ours.valueSchema()).isNull();
        assertThat(ours.keySchema().field("region")).isNull();
    }

    /** {@link TransformDifference#ADDED_STRUCTS} */
    @Test
    void structsCanBeAdded() {
        TransformPair pair = new TransformPair(
                NEW_STATE, Map.of("add.fields", "transaction", "delete.tombstone.handling.mode", "rewrite"));

        assertThat(pair.debezium(order("d")).isRefusal()).isTrue();
        assertThat(value(pair.walbrook(order("d"))).getStruct("__transaction").get("total_order"))
                .isEqualTo(1L);
        assertThat(value(pair.walbrook(order("c"))).get("__transaction")).isNull();
    }

    /** {@link TransformDifference#SCHEMA_PER_AGGREGATE} */
    @Test
    void schemasAreNamedAfterTheirAggregate() {
        TransformPair pair = new TransformPair(ROUTER, Map.of("table.fields.additional.placement", "type:envelope"));
        pair.assertSame(List.of(outbox("order", "x")));

        assertThat(pair.debezium(outbox("payment", "x")).record().valueSchema().name())
                .isEqualTo("shop.public.outbox.order.Value");
        assertThat(pair.walbrook(outbox("payment", "x")).record().valueSchema().name())
                .isEqualTo("shop.public.outbox.payment.Value");
    }

    /** {@link TransformDifference#FAILED_EXPANSION} */
    @Test
    void payloadsThatCannotBeExpandedStayText() {
        TransformPair pair = new TransformPair(ROUTER, Map.of("table.expand.json.payload", "true"));
        TransformPair strict = new TransformPair(
                ROUTER, Map.of("table.expand.json.payload", "true", "table.json.payload.invalid.behavior", "error"));

        for (String payload : List.of("[1, 2]", "{\"a\": 12345678901234567890}", "{\"a\": [[1], [\"x\"]]}")) {
            SourceRecord theirs = pair.debezium(outbox("order", payload)).record();
            SourceRecord ours = pair.walbrook(outbox("order", payload)).record();
            assertThat(theirs.valueSchema().type()).isNotEqualTo(Schema.Type.STRING);
            assertThat(theirs.value()).isEqualTo(payload);
            assertThat(ours.valueSchema()).isEqualTo(Schema.OPTIONAL_STRING_SCHEMA);
            assertThat(ours.value()).isEqualTo(payload);
            assertThat(strict.walbrook(outbox("order", payload)).failure()).hasMessageNotContaining(payload);
        }
        assertThat(strict.walbrook(outbox("order", "{\"secret\": ")).failure())
                .hasMessageContaining("it is not valid JSON")
                .hasMessageNotContaining("secret");
    }

    /** {@link TransformDifference#UNEQUAL_OBJECTS} */
    @Test
    void objectsOfAnArrayShareTheirMembers() {
        TransformPair pair = new TransformPair(ROUTER, Map.of("table.expand.json.payload", "true"));
        SourceRecord record =
                outbox("order", "{\"l\": [{\"n\": {\"x\": 1}}, {\"b\": 2, \"n\": {\"y\": 2}}, null, {\"a\": 3}]}");

        List<Struct> ours = value(pair.walbrook(record)).getArray("l");
        assertThat(ours.get(0).schema().fields().stream().map(field -> field.name()))
                .containsExactly("n", "b", "a");
        assertThat(ours.get(0).getStruct("n").get("x")).isEqualTo(1);
        assertThat(ours.get(1).getStruct("n").get("y")).isEqualTo(2);
        assertThat(ours.get(2)).isNull();
        assertThat(pair.debezium(record).text())
                .isNotEqualTo(pair.walbrook(record).text());
    }

    /** {@link TransformDifference#TRAILING_TEXT} */
    @Test
    void textAfterADocumentIsNotDropped() {
        TransformPair pair = new TransformPair(ROUTER, Map.of("table.expand.json.payload", "true"));
        SourceRecord record = outbox("order", "{\"a\": 1} and more");

        assertThat(value(pair.debezium(record)).get("a")).isEqualTo(1);
        assertThat(pair.walbrook(record).record().value()).isEqualTo("{\"a\": 1} and more");
    }

    /** {@link TransformDifference#ADJUSTED_MEMBERS} */
    @Test
    void membersWithAdjustedNamesKeepTheirValues() {
        TransformPair pair = new TransformPair(
                ROUTER, Map.of("table.expand.json.payload", "true", "field.name.adjustment.mode", "avro"));
        SourceRecord record = outbox("order", "{\"two words\": 1}");

        assertThat(value(pair.debezium(record)).get("two_words")).isNull();
        assertThat(value(pair.walbrook(record)).get("two_words")).isEqualTo(1);
        assertThat(pair.walbrook(record).record().valueSchema())
                .isEqualTo(pair.debezium(record).record().valueSchema());
    }

    /** {@link TransformDifference#TRACE_CONTEXT} */
    @Test
    void theTraceContextBecomesHeaders() {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        TransformPair pair = new TransformPair(ROUTER, Map.of());
        for (String column : List.of(parent, "traceparent=" + parent + "\ntracestate=a=b\n")) {
            SourceRecord record = Events.event(
                    "shop.public.outbox",
                    OUTBOX,
                    null,
                    "c",
                    null,
                    outboxRow("order", "x").put("tracingspancontext", column));

            assertThat(pair.debezium(record).record().headers().lastWithName("traceparent"))
                    .isNull();
            assertThat(pair.walbrook(record)
                            .record()
                            .headers()
                            .lastWithName("traceparent")
                            .value())
                    .isEqualTo(parent);
        }
    }

    /** {@link TransformDifference#NULLS_STAY} */
    @Test
    void nullsStayNulls() {
        TransformPair pair = new TransformPair(
                "transforms.HeaderToValue",
                Map.of("headers", "__debezium.context.task", "fields", "after.task", "operation", "move"));

        assertThat(value(pair.debezium(order("c"))).getStruct("after").getWithoutDefault("note"))
                .isEqualTo("nothing");
        assertThat(value(pair.walbrook(order("c"))).getStruct("after").getWithoutDefault("note"))
                .isNull();
    }

    /** {@link TransformDifference#NULLS_STAY} */
    @Test
    void timesThatAreNullStayNull() {
        TransformPair pair = new TransformPair("transforms.TimezoneConverter", Map.of("converted.timezone", "+01:00"));
        Schema time = SchemaBuilder.int64()
                .name("io.debezium.time.MicroTimestamp")
                .optional()
                .defaultValue(0L)
                .build();
        Schema row = Events.row("t").field("time", time).build();
        SourceRecord event = Events.event("t", row, null, "c", null, new Struct(row));

        assertThat(value(pair.debezium(event)).getStruct("after").getWithoutDefault("time"))
                .isEqualTo(-3_600_000_000L);
        assertThat(value(pair.walbrook(event)).getStruct("after").getWithoutDefault("time"))
                .isNull();
    }

    /** {@link TransformDifference#SCHEMA_PER_TOPIC} */
    @Test
    void keySchemasAreNamedAfterTheirTopic() {
        TransformPair pair = new TransformPair(
                "transforms.ToLogicalTopicRouter", Map.of("topic.regex", "(.*)_shard.", "topic.replacement", "$1"));
        Schema key = Events.key("plain");
        SourceRecord orders = Events.tombstone("orders_shard1", key, 1);
        SourceRecord customers = Events.tombstone("customers_shard1", key, 1);
        pair.assertSame(List.of(orders));

        assertThat(pair.debezium(customers).record().keySchema().name()).isEqualTo("orders.Key");
        assertThat(pair.walbrook(customers).record().keySchema().name()).isEqualTo("customers.Key");
    }

    /** {@link TransformDifference#ARRAY_HASHES} and {@link TransformDifference#UNKNOWN_HASH} */
    @Test
    void bytesAreHashedByContent() {
        Map<String, String> options = Map.of("partition.payload.fields", "after.b", "partition.topic.num", "1000003");
        TransformPair pair = new TransformPair("transforms.partitions.PartitionRouting", options);
        Schema row = Events.row("t").field("b", Schema.BYTES_SCHEMA).build();
        List<Integer> ours = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ours.add(pair.walbrook(
                            Events.event("t", row, null, "c", null, new Struct(row).put("b", new byte[] {1, 2, 3})))
                    .record()
                    .kafkaPartition());
        }

        assertThat(ours.get(0)).isEqualTo(ours.get(1));
        pair.assertSame(List.of(Events.event(
                "t", row, null, "c", null, new Struct(row).put("b", ByteBuffer.wrap(new byte[] {1, 2, 3})))));
        assertThatThrownBy(() -> TransformPair.transformation("dev.walbrook.transforms.partitions.PartitionRouting")
                        .configure(Map.of(
                                "partition.payload.fields", "op",
                                "partition.topic.num", "1",
                                "partition.hash.function", "none")))
                .isInstanceOf(ConfigException.class);
    }

    /** {@link TransformDifference#SINK_RECORDS} */
    @Test
    void recordsOfSinksGetPartitionsToo() {
        SourceRecord record = order("c");
        SinkRecord sinkRecord =
                new SinkRecord(TOPIC, 0, record.keySchema(), record.key(), record.valueSchema(), record.value(), 12);
        Map<String, String> options = Map.of("partition.payload.fields", "after.id", "partition.topic.num", "7");
        Transformation<SinkRecord> theirs =
                TransformPair.transformation("io.debezium.transforms.partitions.PartitionRouting");
        Transformation<SinkRecord> ours =
                TransformPair.transformation("dev.walbrook.transforms.partitions.PartitionRouting");
        theirs.configure(options);
        ours.configure(options);

        assertThatThrownBy(() -> theirs.apply(sinkRecord)).isInstanceOf(RuntimeException.class);
        assertThat(ours.apply(sinkRecord).kafkaPartition()).isEqualTo(2);
    }

    /** {@link TransformDifference#OFFSETS_AT_TRANSITIONS} and {@link TransformDifference#INFINITE_TIMES} */
    @Test
    void timesGetTheOffsetOfTheirInstant() {
        TransformPair pair =
                new TransformPair("transforms.TimezoneConverter", Map.of("converted.timezone", "Europe/Berlin"));
        SourceRecord afterTheChange = order("c");
        ((Struct) afterTheChange.value()).getStruct("after").put("seen", "2024-03-31T01:30:00Z");
        SourceRecord infinite = order("c");
        ((Struct) infinite.value())
                .getStruct("after")
                .put("seen", "infinity")
                .put("created", 9_223_372_036_825_200_000L);

        assertThat(value(pair.debezium(afterTheChange)).getStruct("after").get("seen"))
                .isEqualTo("2024-03-31T02:30:00+01:00");
        assertThat(value(pair.walbrook(afterTheChange)).getStruct("after").get("seen"))
                .isEqualTo("2024-03-31T03:30:00+02:00");
        assertThat(pair.debezium(infinite).isRefusal()).isTrue();
        assertThat(value(pair.walbrook(infinite)).getStruct("after").get("seen"))
                .isEqualTo("infinity");
        assertThat(value(pair.walbrook(infinite)).getStruct("after").get("created"))
                .isEqualTo(9_223_372_036_825_200_000L);
    }

    /** {@link TransformDifference#OPTIONAL_STRUCTS} */
    @Test
    void structsStayOptional() {
        TransformPair pair = new TransformPair(
                "transforms.HeaderToValue",
                Map.of("headers", "__debezium.context.task", "fields", "after.task", "operation", "copy"));

        Struct theirs = value(pair.debezium(order("d")));
        Struct ours = value(pair.walbrook(order("d")));

        assertThatThrownBy(theirs::validate).isInstanceOf(RuntimeException.class);
        ours.validate();
        assertThat(ours.get("after")).isNull();
        assertThat(value(pair.walbrook(order("c"))).getStruct("after").get("task"))
                .isEqualTo(value(pair.debezium(order("c"))).getStruct("after").get("task"));
    }

    /** {@link TransformDifference#HEADERS_PER_RECORD} */
    @Test
    void eachRecordGetsItsOwnHeaders() {
        TransformPair pair = new TransformPair(
                "transforms.HeaderToValue",
                Map.of("headers", "__debezium.context.task,trace", "fields", "task,trace", "operation", "copy"));
        SourceRecord more = order("c");
        more.headers().addString("trace", "abc");
        pair.debezium(order("c"));
        pair.walbrook(order("c"));

        assertThat(pair.debezium(more).isRefusal()).isTrue();
        assertThat(value(pair.walbrook(more)).get("trace")).isEqualTo("abc");
    }

    /** {@link TransformDifference#TOMBSTONES_OF_MESSAGES} */
    @Test
    void recordsWithoutSchemaAreNoMessages() {
        TransformPair pair =
                new TransformPair("connector.postgresql.transforms.DecodeLogicalDecodingMessageContent", Map.of());
        SourceRecord tombstone = Events.tombstone(TOPIC, Events.key(TOPIC), 1);

        assertThat(pair.debezium(tombstone).failure()).isExactlyInstanceOf(NullPointerException.class);
        assertThat(pair.walbrook(tombstone).text())
                .isEqualTo(Outcome.of(() -> tombstone).text());
    }
}
