package dev.walbrook.admin.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDecoderTest {

    private final ObjectMapper json = new ObjectMapper();
    private final EventDecoder decoder = new EventDecoder();

    @Test
    void readsAnEnvelopeWithoutSchema() {
        ChangeEvent event = decode(
                "{\"id\":1}",
                "{\"before\":null,\"after\":{\"id\":1,\"price\":1.50},\"source\":{\"schema\":\"public\",\"table\":\"t\"},\"op\":\"c\"}");

        assertThat(event.operation()).isEqualTo(Operation.INSERT);
        assertThat(event.table()).isEqualTo("public.t");
        assertThat(event.key()).hasToString("{\"id\":1}");
        assertThat(event.before()).isNull();
        assertThat(event.after()).hasToString("{\"id\":1,\"price\":1.50}");
    }

    @ParameterizedTest
    @CsvSource({"r,SNAPSHOT", "c,INSERT", "u,UPDATE", "d,DELETE", "t,TRUNCATE", "x,OTHER"})
    void namesTheOperation(String code, Operation operation) {
        ChangeEvent event = decode("{}", "{\"before\":{\"a\":1},\"after\":null,\"op\":\"" + code + "\"}");

        assertThat(event.operation()).isEqualTo(operation);
    }

    @Test
    void takesAKeyWithoutValueAsTombstone() {
        ChangeEvent event = decode("{\"schema\":null,\"payload\":{\"id\":7}}", null);

        assertThat(event.operation()).isEqualTo(Operation.TOMBSTONE);
        assertThat(event.key()).hasToString("{\"id\":7}");
    }

    @Test
    void passesOnWhatIsNoEnvelope() {
        assertThat(decode(null, "{\"id\":1}").operation()).isEqualTo(Operation.OTHER);
        assertThat(decode(null, "plain text").after()).hasToString("\"plain text\"");
        assertThat(decoder.decode(new ConsumerRecord<>("t", 0, 0L, null, new byte[] {0, (byte) 0xff}))
                        .after())
                .hasToString("\"\\\\x00ff\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int32 | io.debezium.time.Date | 19783 | 2024-03-01",
                "int32 | io.debezium.time.Time | 1000 | 00:00:01",
                "int64 | io.debezium.time.MicroTime | 86400000000 | 24:00:00",
                "int64 | io.debezium.time.MicroTimestamp | 1709251200123456 | 2024-03-01T00:00:00.123456",
                "int64 | io.debezium.time.MicroTimestamp | -1 | 1969-12-31T23:59:59.999999",
                "int64 | io.debezium.time.MicroTimestamp | 9223372036825200000 | infinity",
                "int64 | io.debezium.time.Timestamp | 1709251200123 | 2024-03-01T00:00:00.123",
                "int64 | io.debezium.time.MicroDuration | 3600000000 | PT1H",
                "bytes | org.apache.kafka.connect.data.Decimal | \"BPE=\" | 12.65",
                "bytes | io.debezium.data.Bits | \"BQ==\" | 0000000101",
                "bytes | | \"AP8=\" | \\x00ff",
                "string | io.debezium.data.Uuid | \"u\" | u",
                "int32 | io.debezium.time.Date | \"odd\" | odd",
            })
    void writesValuesAsPeopleDo(String type, String name, String value, String expected) throws Exception {
        String schema = "{\"type\":\"" + type + "\"" + (name == null ? "" : ",\"name\":\"" + name + "\"")
                + ",\"parameters\":{\"scale\":\"2\",\"length\":\"10\"}}";

        JsonNode readable = SemanticValues.readable(json.readTree(schema), json.readTree(value));

        assertThat(readable.asText()).isEqualTo(expected);
    }

    @Test
    void followsTheSchemaIntoRowsAndArrays() {
        ChangeEvent event = decode(
                null,
                """
                {"schema":{"type":"struct","fields":[
                   {"field":"op","type":"string"},
                   {"field":"after","type":"struct","fields":[
                      {"field":"d","type":"array","items":{"type":"int32","name":"io.debezium.time.Date"}},
                      {"field":"v","type":"struct","name":"io.debezium.data.VariableScaleDecimal","fields":[]}]}]},
                 "payload":{"op":"r","after":{"d":[0,null,1],"v":{"scale":1,"value":"Dw=="}}}}
                """);

        assertThat(event.after()).hasToString("{\"d\":[\"1970-01-01\",null,\"1970-01-02\"],\"v\":\"1.5\"}");
    }

    private ChangeEvent decode(String key, String value) {
        return decoder.decode(new ConsumerRecord<>("t", 0, 0L, bytes(key), bytes(value)));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
