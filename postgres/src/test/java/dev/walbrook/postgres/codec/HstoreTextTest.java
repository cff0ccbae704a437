package dev.walbrook.postgres.codec;

import static dev.walbrook.postgres.codec.Seeded.assertRefused;
import static dev.walbrook.postgres.codec.Seeded.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HstoreTextTest {

    @Test
    void readsPairsInTheirOrder() {
        Map<String, @Nullable String> pairs =
                read(HstoreText::parse, "\"b\"=>\"1\", \"a\"=>NULL, \"\"=>\"\", \"c\"=>\"NULL\"");

        Map<String, @Nullable String> expected = new LinkedHashMap<>();
        expected.put("b", "1");
        expected.put("a", null);
        expected.put("", "");
        expected.put("c", "NULL");
        assertThat(pairs).containsExactlyEntriesOf(expected);
        assertThat(read(HstoreText::parse, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\"a\"",
                "\"a\"=>",
                "\"a\"=>b",
                "\"a\"=>\"b",
                "\"a\"=>null",
                "\"a\"=>\"b\",\"c\"=>\"d\"",
                "\"a\"=>\"b\" ",
                "\"a\"=>\"b\", ",
                "\"a\\\"=>\"b\"",
                "\"a\"=\"b\"",
                "a=>b",
                "\"a\"=>\"b\\"
            })
    void refusesWhatIsNoHstore(String text) {
        assertRefused(HstoreText::parse, text);
    }

    @Test
    void whatIsWrittenIsRead() {
        Random random = Seeds.random();
        String alphabet = "ab=>,\"\\ \n\u00e9\ud83d\ude00NUL";
        for (int round = 0; round < 20_000; round++) {
            Map<String, @Nullable String> pairs = new LinkedHashMap<>();
            for (int count = random.nextInt(4); count > 0; count--) {
                pairs.put(
                        ArrayTextTest.randomText(random, alphabet),
                        random.nextInt(4) == 0 ? null : ArrayTextTest.randomText(random, alphabet));
            }

            assertThat(read(HstoreText::parse, HstoreText.format(pairs))).isEqualTo(pairs);
        }
        Seeded.fuzz(random, HstoreText::parse, alphabet, "\"a\"=>\"b\", \"c\"=>NULL");
    }
}
