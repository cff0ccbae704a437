package dev.walbrook.conformance.transforms;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code HeaderToValue} and {@code ExtractChangedRecordState}, and the two together with {@code ExtractNewRecordState}. */
class HeaderTest {

    private static final String TOPIC = "shop.public.orders";

    private static List<SourceRecord> records() {
        List<SourceRecord> records = Events.everyKind(TOPIC).subList(0, 8);
        records.forEach(record -> {
            record.headers().addString("trace", "abc").addLong("number", 5).add("tags", List.of("x"), Schemas.STRINGS);
            if (record.value() instanceof Struct value) {
                value.getStruct("source").put("snapshot", "false");
            }
        });
        return records;
    }

    @ParameterizedTest
    @ValueSource(strings = {"move", "copy"})
    void movesHeaders(String operation) {
        for (List<String> names : List.of(
                List.of("trace", "trace"),
                List.of("trace,number", "source.trace,count"),
                List.of("trace,tags", "source.trace,source.tags"),
                List.of("number,nothing", "source.number,nothing"),
                List.of("trace", "op"),
                List.of("trace,number,tags", "ours.trace,count,ours.tags"),
                List.of("nothing", "nothing"))) {
            TransformPair pair = new TransformPair(
                    "transforms.HeaderToValue",
                    Map.of("headers", names.get(0), "fields", names.get(1), "operation", operation));
            pair.assertSame(records());
        }
    }

    @Test
    void refusesWhatDebeziumRefuses() {
        for (String field : List.of("source", "op.nested")) {
            new TransformPair(
                            "transforms.HeaderToValue",
                            Map.of("headers", "trace", "fields", field, "operation", "copy"))
                    .assertSameRefusals(records());
        }
    }

    @Test
    void namesWhatChanged() {
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put("header.changed.name", Arrays.asList(null, "changed", " "));
        options.put("header.unchanged.name", Arrays.asList(null, "unchanged"));

        for (Map<String, String> combination : TransformPair.combinations(options)) {
            new TransformPair("transforms.ExtractChangedRecordState", combination).assertSame(Events.everyKind(TOPIC));
        }
    }

    /** The chain that Debezium's documentation recommends. */
    @Test
    void chainsFromChangesToRows() {
        TransformPair changes =
                new TransformPair("transforms.ExtractChangedRecordState", Map.of("header.changed.name", "changed"));
        TransformPair values = new TransformPair(
                "transforms.HeaderToValue", Map.of("headers", "changed", "fields", "changed", "operation", "move"));
        TransformPair rows = new TransformPair(
                "transforms.ExtractNewRecordState",
                Map.of(
                        "add.fields",
                        "op,changed",
                        "add.fields.prefix",
                        "",
                        "delete.tombstone.handling.mode",
                        "rewrite"));

        for (SourceRecord record : records()) {
            changes.assertSame(List.of(record));
            SourceRecord changed = changes.walbrook(record).record();
            values.assertSame(List.of(changed));
            rows.assertSame(List.of(values.walbrook(changed).record()));
        }
    }

    private static final class Schemas {

        static final Schema STRINGS = org.apache.kafka.connect.data.SchemaBuilder.array(Schema.STRING_SCHEMA)
                .optional()
                .build();
    }
}
