package dev.walbrook.transforms.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

    @Test
    void readsValues() {
        assertThat(JsonReader.read(
                        " {\"b\":[1, -2.5e1 ,null],\n\t\"a\":{\"x\":true,\"y\":false}, \"c\":{} , \"d\":[]} "))
                .isEqualTo(Map.of(
                        "b", Arrays.asList(1, -25.0, null),
                        "a", Map.of("x", true, "y", false),
                        "c", Map.of(),
                        "d", List.of()));
        assertThat(((Map<?, ?>) JsonReader.read("{\"z\":1,\"a\":2,\"z\":3}"))
                        .entrySet()
                        .toString())
                .isEqualTo("[z=3, a=2]");
        assertThat(JsonReader.read("null")).isNull();
    }

    @Test
    void readsNumbersExactly() {
        assertThat(JsonReader.read("[0,-0,2147483647,-2147483648]"))
                .isEqualTo(List.of(0, 0, Integer.MAX_VALUE, Integer.MIN_VALUE));
        assertThat(JsonReader.read("[2147483648,9223372036854775807,-9223372036854775808]"))
                .isEqualTo(List.of(2_147_483_648L, Long.MAX_VALUE, Long.MIN_VALUE));
        assertThat(JsonReader.read("[9223372036854775808,-9223372036854775809]"))
                .isEqualTo(List.of(new BigInteger("9223372036854775808"), new BigInteger("-9223372036854775809")));
        assertThat(JsonReader.read("[1.0,1e2,1E+2,1e-2,-0.0]")).isEqualTo(List.of(1.0, 100.0, 100.0, 0.01, -0.0));
    }

    @Test
    void readsEscapes() {
        assertThat(JsonReader.read("\"a\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\ude00 é\""))
                .isEqualTo("a\"\\/\b\f\n\r\té😀 é");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[",
                "[1",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "{a:1}",
                "{'a':1}",
                "01",
                "-",
                "1.",
                ".5",
                "1e",
                "+1",
                "0x1",
                "NaN",
                "Infinity",
                "nul",
                "tru",
                "True",
                "\"",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\\u12g4\"",
                "\"\\u１２３４\"",
                "\"\n\"",
                "1 2",
                "{} x",
                "[1] ]",
                "/* */ 1",
                "\u00a01"
            })
    void refusesWhatIsNoJson(String text) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("it is not valid JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"secret\": x} | a value is expected (character 12)",
                "{\"secret\" 1} | ':' is expected (character 11)",
                "[\"secret\" | the document is cut off (character 10)"
            })
    void saysWhereButNotWhat(String text, String message) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .hasMessageContaining(message)
                .hasMessageNotContaining("secret");
    }

    @Test
    void readsDeepDocumentsUpToALimit() {
        assertThat(JsonReader.read("[".repeat(1_000) + "]".repeat(1_000))).isInstanceOf(List.class);
        assertThatThrownBy(() -> JsonReader.read("[".repeat(100_000)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("nested more than 1000 deep");
    }
}
