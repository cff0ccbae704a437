package dev.walbrook.conformance.transforms;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ExtractNewRecordState} with every combination of its options. */
class ExtractNewRecordStateTest {

    private static final String NAME = "transforms.ExtractNewRecordState";
    private static final Schema NAMES =
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build();

    @ParameterizedTest
    @ValueSource(
            strings = {"tombstone", "drop", "rewrite", "rewrite-with-tombstone", "delete-to-tombstone", " Rewrite "})
    void everyCombination(String mode) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put("delete.tombstone.handling.mode", List.of(mode));
        options.put(
                "add.fields",
                Arrays.asList(
                        null,
                        "op,table,source.ts_ms,ts_ns,lsn:position,transaction.id,total_order,nothing",
                        "source.snapshot, transaction.data_collection_order:order ,ts_us"));
        options.put("add.fields.prefix", Arrays.asList(null, ""));
        options.put("add.headers", Arrays.asList(null, "op:operation,table,transaction.id,nothing,op"));
        options.put("add.headers.prefix", Arrays.asList(null, "h."));
        options.put("route.by.field", Arrays.asList(null, "topic_name"));
        options.put("replace.null.with.default", Arrays.asList(null, "false"));

        for (Map<String, String> combination : TransformPair.combinations(options)) {
            new TransformPair(NAME, combination).assertSame(Events.everyKind("shop.public.orders"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tombstone", "drop", "rewrite", "rewrite-with-tombstone"})
    void dropsFields(String mode) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put("delete.tombstone.handling.mode", List.of(mode));
        options.put("drop.fields.header.name", Arrays.asList(null, "drop", "other"));
        options.put("drop.fields.from.key", Arrays.asList(null, "true"));
        options.put("drop.fields.keep.schema.compatible", Arrays.asList(null, "false"));
        options.put("add.fields", Arrays.asList(null, "op,source.lsn:region2"));
        options.put("add.headers", Arrays.asList(null, "op"));
        options.put("route.by.field", Arrays.asList(null, "topic_name"));

        for (Map<String, String> combination : TransformPair.combinations(options)) {
            TransformPair pair = new TransformPair(NAME, combination);
            for (List<String> dropped : List.of(
                    List.<String>of(),
                    List.of("region", "id", "state"),
                    List.of("note"),
                    List.of("__op", "__deleted", "amount"),
                    List.of("unknown"))) {
                List<SourceRecord> records = Events.everyKind("shop.public.orders");
                records.forEach(record -> record.headers().add("drop", dropped, NAMES));
                pair.assertSame(records);
            }
        }
    }

    @Test
    void tablesOfDifferentShapesShareOneTransform() {
        TransformPair pair = new TransformPair(
                NAME,
                Map.of("delete.tombstone.handling.mode", "rewrite", "add.fields", "op,table", "add.headers", "db"));

        for (int i = 0; i < 3; i++) {
            pair.assertSame(Events.everyKind("shop.public.orders" + i));
        }
        pair.assertSame(Events.everyKind("shop.public.orders0"));
    }

    @Test
    void refusesWhatDebeziumRefuses() {
        TransformPair noSuchColumn = new TransformPair(NAME, Map.of("route.by.field", "nothing"));
        TransformPair noText = new TransformPair(NAME, Map.of("route.by.field", "amount"));
        TransformPair sameName = new TransformPair(NAME, Map.of("add.fields", "op:id", "add.fields.prefix", ""));

        noSuchColumn.assertSameRefusals(Events.everyKind("shop.public.orders"));
        noText.assertSameRefusals(Events.everyKind("shop.public.orders"));
        sameName.assertSameRefusals(Events.everyKind("shop.public.orders"));
    }
}
