package dev.walbrook.conformance.transforms;

import dev.walbrook.testkit.Seeds;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code DecodeLogicalDecodingMessageContent}, alone and before {@code EventRouter}: the outbox without a table. */
class LogicalMessageTest {

    private static final String NAME = "connector.postgresql.transforms.DecodeLogicalDecodingMessageContent";
    private static final String EVENT =
            "{\"id\":\"5c0f\",\"aggregateid\":\"7\",\"aggregatetype\":\"order\",\"type\":null,"
                    + "\"payload\":{\"total\":12.5,\"note\":null,\"items\":[{\"n\":1}]}}";

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void decodesRandomDocuments(String nulls) {
        Random random = Seeds.random();
        TransformPair pair = new TransformPair(NAME, Map.of("fields.null.include", nulls));

        for (int i = 0; i < 200; i++) {
            SourceRecord message = Events.message(RandomJson.object(random));
            if (!pair.debezium(message).isRefusal()) {
                pair.assertSame(List.of(message));
            } else {
                pair.assertSameRefusals(List.of(message));
            }
        }
    }

    @Test
    void otherRecordsPass() {
        List<SourceRecord> records = Events.everyKind("shop.public.orders");
        // Debezium looks for the schema of records that have none; see TransformDifference.
        records.removeIf(record -> record.valueSchema() == null);

        new TransformPair(NAME, Map.of()).assertSame(records);
    }

    @Test
    void refusesWhatDebeziumRefuses() {
        TransformPair pair = new TransformPair(NAME, Map.of());

        for (String content : List.of("", "text", "[1]", "{\"a\":", "{\"a\":[null]}", "{\"a\":[1,\"x\"]}")) {
            pair.assertSameRefusals(List.of(Events.message(content)));
        }
    }

    @Test
    void routesTheEvent() {
        TransformPair decoder = new TransformPair(NAME, Map.of());
        TransformPair router = new TransformPair(
                "transforms.outbox.EventRouter",
                Map.of(
                        "table.expand.json.payload",
                        "true",
                        "table.fields.additional.placement",
                        "aggregatetype:header"));
        SourceRecord decoded = decoder.walbrook(Events.message(EVENT)).record();

        decoder.assertSame(List.of(Events.message(EVENT)));
        router.assertSame(List.of(decoded));
    }
}
