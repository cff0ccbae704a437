package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnumLabelsTest {

    @ParameterizedTest
    @MethodSource("labels")
    void whatIsDescribedIsReadBack(List<String> labels) {
        SchemaBuilder schema = SchemaBuilder.string();

        EnumLabels.describe(schema, labels);

        assertThat(EnumLabels.of(schema.build())).isEqualTo(labels);
    }

    static Stream<List<String>> labels() {
        return Stream.of(
                List.of("sad", "ok", "happy"),
                List.of("sad", "ok, fine", "Happy's"),
                List.of(",", "\"", "\\", "a b", "NULL", "ü"),
                List.of());
    }

    @Test
    void anEnumWithoutCommasLooksAsDebeziumWritesIt() {
        SchemaBuilder schema = SchemaBuilder.string();

        EnumLabels.describe(schema, List.of("sad", "ok"));

        assertThat(schema.parameters()).containsExactly(Map.entry("allowed", "sad,ok"));
    }
}
