package dev.walbrook.postgres.codec;

import static dev.walbrook.postgres.codec.Seeded.assertRefused;
import static dev.walbrook.postgres.codec.Seeded.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayTextTest {

    /** Collects elements as strings. */
    private static final class Elements implements ArrayText.ElementHandler {

        private final List<@Nullable String> elements = new ArrayList<>();

        @Override
        public void element(byte[] buffer, int offset, int length) {
            elements.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void nullElement() {
            elements.add(null);
        }
    }

    private static List<@Nullable String> parse(byte[] buffer, int offset, int length, char delimiter) {
        Elements elements = new Elements();
        ArrayText.parse(buffer, offset, length, (byte) delimiter, elements);
        return elements.elements;
    }

    private static List<@Nullable String> elements(byte[] buffer, int offset, int length) {
        return parse(buffer, offset, length, ',');
    }

    private static List<@Nullable String> boxes(byte[] buffer, int offset, int length) {
        return parse(buffer, offset, length, ';');
    }

    @Test
    void readsElements() {
        assertThat(read(ArrayTextTest::elements, "{}")).isEmpty();
        assertThat(read(ArrayTextTest::elements, "{1}")).containsExactly("1");
        assertThat(read(ArrayTextTest::elements, "{1,NULL,-3}")).containsExactly("1", null, "-3");
        assertThat(read(ArrayTextTest::elements, "{\"\",\"NULL\",\"a,b\",\"{}\",ä}"))
                .containsExactly("", "NULL", "a,b", "{}", "ä");
        assertThat(read(ArrayTextTest::elements, "{\"\\\"\",\"\\\\\",\"long \\\\ text\",x}"))
                .containsExactly("\"", "\\", "long \\ text", "x");
    }

    @Test
    void flattensDimensions() {
        assertThat(read(ArrayTextTest::elements, "{{1,2},{NULL,4}}")).containsExactly("1", "2", null, "4");
        assertThat(read(ArrayTextTest::elements, "{{{{{{x}}}}}}")).containsExactly("x");
        assertThat(read(ArrayTextTest::elements, "[0:1]={a,b}")).containsExactly("a", "b");
        assertThat(read(ArrayTextTest::elements, "[-2:-2][5:6]={{a,b}}")).containsExactly("a", "b");
        assertThat(read(ArrayTextTest::boxes, "{(1,1),(0,0);(3,3),(2,2)}"))
                .containsExactly("(1,1),(0,0)", "(3,3),(2,2)");
    }

    @Test
    void countsDimensions() {
        assertThat(read(ArrayText::dimensions, "{}")).isZero();
        assertThat(read(ArrayText::dimensions, "{1}")).isEqualTo(1);
        assertThat(read(ArrayText::dimensions, "{\"{\"}")).isEqualTo(1);
        assertThat(read(ArrayText::dimensions, "[0:0][1:2]={{1,2}}")).isEqualTo(2);
        assertRefused(ArrayText::dimensions, "");
        assertRefused(ArrayText::dimensions, "1");
        assertRefused(ArrayText::dimensions, "{");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "1",
                "{1",
                "{1,}",
                "{,1}",
                "{,}",
                "{1}}",
                "{{1}",
                "{1} ",
                " {1}",
                "{{1},2}",
                "{1,{2}}",
                "{{1,2},{3}}",
                "{{1},{2,3}}",
                "{{}}",
                "{{},{}}",
                "{\"a}",
                "{\"a\"b}",
                "{a\"b\"}",
                "{a b}",
                "{a\\b}",
                "{\"a\\",
                "{\"a\\\"}",
                "[0:1]={a}",
                "[0:1]{a,b}",
                "[0:1]={{a,b}}",
                "[1:0]={}",
                "[1:1]={}",
                "[1]={a}",
                "[a:b]={a}",
                "[1:1={a}",
                "[2:1]={a}",
                "{{{{{{{x}}}}}}}",
                "{1;2};",
                "NULL",
                "[-2147483648:2147483647]={a}"
            })
    void refusesWhatIsNoArray(String text) {
        assertRefused(ArrayTextTest::elements, text);
    }

    @Test
    void whatIsWrittenIsRead() {
        Random random = Seeds.random();
        String alphabet = "ab,;{}\"\\ \n\tNUL\u00e9\ud83d\ude00";
        for (int round = 0; round < 20_000; round++) {
            List<@Nullable String> elements = new ArrayList<>();
            ArrayText.Writer writer = new ArrayText.Writer();
            for (int count = random.nextInt(5); count > 0; count--) {
                if (random.nextInt(4) == 0) {
                    elements.add(null);
                    writer.appendNull();
                } else {
                    String element = randomText(random, alphabet);
                    elements.add(element);
                    writer.append(element);
                }
            }

            assertThat(read(ArrayTextTest::elements, writer.toString())).isEqualTo(elements);
        }
    }

    static String randomText(Random random, String alphabet) {
        int[] codePoints = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(8); length > 0; length--) {
            text.appendCodePoint(codePoints[random.nextInt(codePoints.length)]);
        }
        return text.toString();
    }

    @Test
    void writesTheDelimiterOfTheType() {
        assertThat(new ArrayText.Writer(';').append("(1,1),(0,0)").appendNull()).hasToString("{\"(1,1),(0,0)\";NULL}");
        assertThat(new ArrayText.Writer()).hasToString("{}");
    }

    @Test
    void readsOrRefusesRandomText() {
        Seeded.fuzz(
                Seeds.random(),
                (buffer, offset, length) ->
                        Arrays.asList(elements(buffer, offset, length), ArrayText.dimensions(buffer, offset, length)),
                "{}[]:=,\"\\ N01a",
                "{1,2}",
                "[0:1][1:1]={{a},{\"b\\\"\"}}",
                "{{NULL,\"\"}}");
    }
}
