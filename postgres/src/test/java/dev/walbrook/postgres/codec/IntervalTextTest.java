package dev.walbrook.postgres.codec;

import static dev.walbrook.postgres.codec.Seeded.assertRefused;
import static dev.walbrook.postgres.codec.Seeded.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTextTest {

    @ParameterizedTest
    @CsvSource({
        "00:00:00, 0, 0, 0",
        "1 year 2 mons -3 days -04:05:06.789, 14, -3, -14706789000",
        "-1 years -2 mons +3 days +00:00:00.000001, -14, 3, 1",
        "-1 mons, -1, 0, 0",
        "1 day, 0, 1, 0",
        "3 days 100:00:00, 0, 3, 360000000000",
        "178956970 years 7 mons, 2147483647, 0, 0",
        "-178956970 years -8 mons, -2147483648, 0, 0",
        "2147483647 days, 0, 2147483647, 0",
        "-2147483648 days, 0, -2147483648, 0",
        "2562047788:00:54.775807, 0, 0, 9223372036854775807",
        "-2562047788:00:54.775808, 0, 0, -9223372036854775808"
    })
    void readsIntervals(String text, int months, int days, long micros) {
        assertThat(read(IntervalText::parse, text)).isEqualTo(new Interval(months, days, micros));
    }

    @Test
    void infinitiesAreConstants() {
        assertThat(read(IntervalText::parse, "infinity")).isEqualTo(Interval.POSITIVE_INFINITY);
        assertThat(read(IntervalText::parse, "-infinity")).isEqualTo(Interval.NEGATIVE_INFINITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1 year ",
                "1 years1 mon",
                "1 mon 1 year",
                "1 day 1 day",
                "1 week",
                "year",
                "@ 1 year",
                "P1Y",
                "1:00:00",
                "00:60:00",
                "00:00:60",
                "00:00",
                "00:00:00 1 day",
                "--1 days",
                "+-1 days",
                "1 days ago",
                "178956970 years 8 mons",
                "2147483648 days",
                "2562047788:00:54.775808",
                "99999999999:00:00",
                "00:00:00.",
                "1 dayss",
                "-infinit",
                "1 year  1 mon"
            })
    void refusesWhatIsNoInterval(String text) {
        assertRefused(IntervalText::parse, text);
    }

    @Test
    void readsWhatIsWrittenByTheRules() {
        Random random = Seeds.random();
        for (int round = 0; round < 50_000; round++) {
            Interval interval = new Interval(
                    random.nextInt() >> random.nextInt(32),
                    random.nextInt() >> random.nextInt(32),
                    random.nextLong() >> random.nextInt(64));
            String text = write(interval);

            assertThat(read(IntervalText::parse, text)).as(text).isEqualTo(interval);
        }
    }

    /** As the documentation describes it: parts that are zero left out, a plus sign after a negative part. */
    private static String write(Interval interval) {
        StringBuilder text = new StringBuilder();
        boolean afterNegative = part(text, interval.months() / 12, "year", false);
        afterNegative = part(text, interval.months() % 12, "mon", afterNegative);
        afterNegative = part(text, interval.days(), "day", afterNegative);
        long micros = interval.micros();
        if (micros != 0 || text.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ");
            text.append(micros < 0 ? "-" : afterNegative ? "+" : "");
            text.append("%02d:%02d:%02d"
                    .formatted(
                            Math.abs(micros / 3_600_000_000L),
                            Math.abs(micros / 60_000_000 % 60),
                            Math.abs(micros / 1_000_000 % 60)));
            if (micros % 1_000_000 != 0) {
                text.append(".%06d".formatted(Math.abs(micros % 1_000_000)));
            }
        }
        return text.toString();
    }

    private static boolean part(StringBuilder text, int value, String unit, boolean afterNegative) {
        if (value == 0) {
            return afterNegative;
        }
        text.append(text.isEmpty() ? "" : " ")
                .append(afterNegative && value > 0 ? "+" : "")
                .append(value);
        text.append(' ').append(unit).append(value == 1 ? "" : "s");
        return value < 0;
    }

    @Test
    void readsOrRefusesRandomText() {
        Seeded.fuzz(
                Seeds.random(),
                IntervalText::parse,
                "0123456789-+:. yearsmond\u00e9",
                "1 year 2 mons -3 days -04:05:06.789",
                "00:00:00",
                "infinity");
    }
}
