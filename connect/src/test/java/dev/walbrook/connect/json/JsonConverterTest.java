package dev.walbrook.connect.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverterConfig;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.HeaderConverter;
import org.junit.jupiter.api.Test;

class JsonConverterTest {

    private static final Schema POINT = SchemaBuilder.struct()
            .name("point")
            .version(3)
            .doc("A point")
            .parameter("unit", "m")
            .field("x", Schema.INT32_SCHEMA)
            .field("y", SchemaBuilder.int32().optional().defaultValue(7).build())
            .build();

    private static JsonConverter converter(Map<String, ?> properties) {
        JsonConverter converter = new JsonConverter();
        converter.configure(properties, false);
        return converter;
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Test
    void hasThePropertiesOfKafkas() {
        Map<String, ConfigDef.ConfigKey> kafkas =
                JsonConverterConfig.configDef().configKeys();
        Map<String, ConfigDef.ConfigKey> ours = new JsonConverter().config().configKeys();

        assertThat(ours.keySet()).containsExactlyInAnyOrderElementsOf(kafkas.keySet());
        for (ConfigDef.ConfigKey key : ours.values()) {
            ConfigDef.ConfigKey kafkaKey = kafkas.get(key.name);
            assertThat(key)
                    .usingRecursiveComparison()
                    .comparingOnlyFields("name", "type", "defaultValue", "importance", "group", "orderInGroup", "width")
                    .isEqualTo(kafkaKey);
        }
    }

    @Test
    void refusesAnUnknownDecimalFormat() {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> converter(Map.of("decimal.format", "HEX")))
                .withMessageContaining("decimal.format");
    }

    @Test
    void isFoundAsAService() {
        assertThat(ServiceLoader.load(Converter.class).stream().map(ServiceLoader.Provider::type))
                .contains(JsonConverter.class);
        assertThat(ServiceLoader.load(HeaderConverter.class).stream().map(ServiceLoader.Provider::type))
                .contains(JsonConverter.class);
    }

    @Test
    void writesSchemaAndPayload() {
        byte[] json = converter(Map.of()).fromConnectData("topic", POINT, new Struct(POINT).put("x", 1));

        assertThat(text(json))
                .isEqualTo(
                        "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int32\",\"optional\":false,\"field\":\"x\"},"
                                + "{\"type\":\"int32\",\"optional\":true,\"default\":7,\"field\":\"y\"}],\"optional\":false,"
                                + "\"name\":\"point\",\"version\":3,\"doc\":\"A point\",\"parameters\":{\"unit\":\"m\"}},"
                                + "\"payload\":{\"x\":1,\"y\":7}}");
    }

    @Test
    void writesOneRecordAfterAnotherOfOtherSchemas() {
        JsonConverter converter = converter(Map.of());
        List<String> written = new ArrayList<>();

        for (int i = 0; i < 2; i++) {
            written.add(text(converter.fromConnectData("topic", Schema.INT32_SCHEMA, 1)));
            written.add(text(converter.fromConnectData("topic", Schema.INT32_SCHEMA, 23)));
            written.add(text(converter.fromConnectData("topic", Schema.STRING_SCHEMA, "x")));
            written.add(text(converter.fromConnectData("topic", null, 5L)));
        }

        String number = "{\"schema\":{\"type\":\"int32\",\"optional\":false},\"payload\":";
        assertThat(written.subList(0, 4))
                .containsExactly(
                        number + "1}",
                        number + "23}",
                        "{\"schema\":{\"type\":\"string\",\"optional\":false},\"payload\":\"x\"}",
                        "{\"schema\":null,\"payload\":5}");
        assertThat(written.subList(4, 8)).isEqualTo(written.subList(0, 4));
    }

    @Test
    void writesTheNextRecordAfterARefusedOne() {
        JsonConverter converter = converter(Map.of());
        String before = text(converter.fromConnectData("topic", Schema.INT32_SCHEMA, 1));

        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> converter.fromConnectData("topic", Schema.INT32_SCHEMA, "secret"))
                .withMessageContaining("INT32")
                .withMessageNotContaining("secret");

        assertThat(text(converter.fromConnectData("topic", Schema.INT32_SCHEMA, 1)))
                .isEqualTo(before);
    }

    @Test
    void aTombstoneStaysOne() {
        JsonConverter converter = converter(Map.of());

        assertThat(converter.fromConnectData("topic", null, null)).isNull();
        assertThat(converter.toConnectData("topic", null)).isEqualTo(SchemaAndValue.NULL);
    }

    @Test
    void convertsHeaders() {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("converter.type", "header"));

        byte[] json = converter.fromConnectHeader("topic", "header", Schema.INT64_SCHEMA, 42L);

        assertThat(converter.toConnectHeader("topic", "header", json))
                .isEqualTo(new SchemaAndValue(Schema.INT64_SCHEMA, 42L));
    }

    @Test
    void asksAStructOfAnotherClassByName() {
        Struct lazy = new Struct(POINT) {
            @Override
            public Object getWithoutDefault(String fieldName) {
                return fieldName.equals("x") ? 17 : null;
            }
        };

        assertThat(text(converter(Map.of("schemas.enable", "false", "replace.null.with.default", "false"))
                        .fromConnectData("topic", POINT, lazy)))
                .isEqualTo("{\"x\":17,\"y\":null}");
    }

    @Test
    void takesAnEqualSchemaForTheSame() {
        Schema equal = SchemaBuilder.struct()
                .name("point")
                .version(3)
                .doc("A point")
                .parameter("unit", "m")
                .field("x", Schema.INT32_SCHEMA)
                .field("y", SchemaBuilder.int32().optional().defaultValue(7).build())
                .build();
        JsonConverter converter = converter(Map.of("schemas.enable", "false"));

        assertThat(text(converter.fromConnectData("topic", POINT, new Struct(equal).put("x", 1))))
                .isEqualTo("{\"x\":1,\"y\":7}");
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> converter.fromConnectData(
                        "topic", POINT, new Struct(SchemaBuilder.struct().build())))
                .withMessage("Mismatching schema.");
    }

    @Test
    void returnsTheSameSchemaForTheSameBytes() {
        JsonConverter converter = converter(Map.of());
        byte[] first = converter.fromConnectData("topic", POINT, new Struct(POINT).put("x", 1));
        byte[] second = converter.fromConnectData("topic", POINT, new Struct(POINT).put("x", 2));

        Schema schema = converter.toConnectData("topic", first).schema();

        assertThat(schema).isEqualTo(POINT);
        assertThat(converter.toConnectData("topic", second).schema()).isSameAs(schema);
    }

    @Test
    void saysWhereATextIsNotJsonButNotWhatStandsThere() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> converter(Map.of("schemas.enable", "false"))
                        .toConnectData("topic", "{\"password\":secret}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("byte 13 of 19")
                .withMessageNotContaining("secret");
    }

    @Test
    void saysHowToReadRecordsWithoutSchema() {
        assertThatExceptionOfType(DataException.class)
                .isThrownBy(() -> converter(Map.of()).toConnectData("topic", "{}".getBytes(StandardCharsets.UTF_8)))
                .withMessageContaining("schemas.enable=false");
    }

    @Test
    void isNotUsedBeforeItIsConfigured() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> new JsonConverter().fromConnectData("topic", null, 1));
    }

    @Test
    void servesManyThreads() throws InterruptedException, ExecutionException {
        JsonConverter converter = converter(Map.of("schemas.cache.size", 1));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Boolean>> conversions = Stream.iterate(0, i -> i + 1)
                    .limit(4)
                    .map(thread -> threads.submit(() -> {
                        for (int i = 0; i < 5_000; i++) {
                            Struct point = new Struct(POINT).put("x", thread * 10_000 + i);
                            byte[] json = converter.fromConnectData("topic", POINT, point);
                            byte[] other = converter.fromConnectData("topic", Schema.INT32_SCHEMA, i);
                            String read = String.valueOf(
                                    converter.toConnectData("topic", json).value());
                            if (!read.equals(point.put("y", 7).toString())
                                    || !converter
                                            .toConnectData("topic", other)
                                            .value()
                                            .equals(i)) {
                                return false;
                            }
                        }
                        return true;
                    }))
                    .toList();

            for (Future<Boolean> conversion : conversions) {
                assertThat(conversion.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
