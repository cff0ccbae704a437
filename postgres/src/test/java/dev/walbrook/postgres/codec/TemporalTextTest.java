package dev.walbrook.postgres.codec;

import static dev.walbrook.postgres.codec.Seeded.assertRefused;
import static dev.walbrook.postgres.codec.Seeded.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.walbrook.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalTextTest {

    private static final long FIRST_DAY = LocalDate.of(-4712, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(5_874_897, 12, 31).toEpochDay();
    private static final long DAY = 86_400_000_000L;

    @Test
    void datesAreThoseOfTheJdkBothWays() {
        Random random = Seeds.random();
        for (int round = 0; round < 100_000; round++) {
            long day =
                    switch (round % 3) {
                        case 0 -> random.nextInt(-1_000_000, 1_000_000);
                        case 1 -> round / 3 - 730_000L;
                        default -> random.nextLong(FIRST_DAY, LAST_DAY + 1);
                    };
            String text = postgresDate(LocalDate.ofEpochDay(day));

            assertThat(read(TemporalText::parseDate, text)).as(text).isEqualTo(day);
            StringBuilder written = new StringBuilder();
            TemporalText.appendDate(written, day);
            assertThat(written).hasToString(text);
        }
    }

    @Test
    void everyDayOfLeapYearsAroundTheEpochsIsRead() {
        for (LocalDate start : new LocalDate[] {
            LocalDate.of(-401, 1, 1), LocalDate.of(-1, 1, 1), LocalDate.of(1899, 1, 1), LocalDate.of(1999, 1, 1)
        }) {
            for (int i = 0; i < 1500; i++) {
                LocalDate date = start.plusDays(i);
                assertThat(read(TemporalText::parseDate, postgresDate(date))).isEqualTo(date.toEpochDay());
            }
        }
    }

    private static String postgresDate(LocalDate date) {
        return yearToDay(date) + (date.getYear() <= 0 ? " BC" : "");
    }

    private static String yearToDay(LocalDate date) {
        int year = date.getYear() <= 0 ? 1 - date.getYear() : date.getYear();
        return "%04d-%02d-%02d".formatted(year, date.getMonthValue(), date.getDayOfMonth());
    }

    private static String postgresTime(LocalTime time) {
        String text = "%02d:%02d:%02d".formatted(time.getHour(), time.getMinute(), time.getSecond());
        int micros = time.getNano() / 1000;
        return micros == 0 ? text : text + ("." + "%06d".formatted(micros)).replaceAll("0+$", "");
    }

    @Test
    void timestampsAreThoseOfTheJdkBothWays() {
        Random random = Seeds.random();
        for (int round = 0; round < 100_000; round++) {
            LocalDateTime timestamp = randomTimestamp(random);
            long micros = ChronoUnit.MICROS.between(LocalDate.EPOCH.atStartOfDay(), timestamp);
            String beforeChrist = timestamp.getYear() <= 0 ? " BC" : "";
            String local = yearToDay(timestamp.toLocalDate()) + ' ' + postgresTime(timestamp.toLocalTime());

            assertThat(read(TemporalText::parseTimestamp, local + beforeChrist))
                    .as(local)
                    .isEqualTo(micros);
            StringBuilder written = new StringBuilder();
            TemporalText.appendTimestamp(written, micros);
            assertThat(written).hasToString(local + beforeChrist);

            int offset = random.nextInt(-57_599, 57_600);
            assertThat(read(TemporalText::parseTimestampTz, local + offset(offset) + beforeChrist))
                    .as(local)
                    .isEqualTo(micros - offset * 1_000_000L);
        }
    }

    private static LocalDateTime randomTimestamp(Random random) {
        long seconds = random.nextBoolean()
                ? random.nextLong(-70_000_000_000L, 300_000_000_000L)
                : random.nextLong(FIRST_DAY * 86_400, 9_223_372_000_000L);
        int digits = random.nextInt(7);
        int scale = (int) Math.pow(10, 6 - digits);
        int micros = random.nextInt(1_000_000) / scale * scale;
        return LocalDateTime.ofEpochSecond(seconds, micros * 1000, ZoneOffset.UTC);
    }

    /** As PostgreSQL prints it: no more parts than it needs. */
    private static String offset(int seconds) {
        int absolute = Math.abs(seconds);
        String text = "%s%02d".formatted(seconds < 0 ? "-" : "+", absolute / 3600);
        if (absolute % 3600 != 0) {
            text += ":%02d".formatted(absolute / 60 % 60);
        }
        return absolute % 60 == 0 ? text : text + ":%02d".formatted(absolute % 60);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-01-01 00:00:00+00, 0",
        "1970-01-01 05:30:00+05:30, 0",
        "1969-12-31 20:29:30-03:30:30, 0",
        "2000-01-01 00:00:00.1+00, 946684800100000",
        "0001-12-31 23:59:59.999999+00 BC, -62135596800000001",
        "294247-01-10 04:00:54.775806+00, 9223372036854775806"
    })
    void readsTimestampsWithTimeZone(String text, long micros) {
        assertThat(read(TemporalText::parseTimestampTz, text)).isEqualTo(micros);
    }

    @Test
    void refusesTimestampsThatDoNotFit() {
        assertRefused(TemporalText::parseTimestamp, "294247-01-10 04:00:54.775807");
        assertRefused(TemporalText::parseTimestamp, "294276-12-31 23:59:59.999999");
        assertRefused(TemporalText::parseTimestampTz, "294247-01-10 04:00:54.775806-00:01");
    }

    @Test
    void infinitiesAreConstantsBothWays() {
        assertThat(read(TemporalText::parseDate, "infinity")).isEqualTo(TemporalText.POSITIVE_INFINITY);
        assertThat(read(TemporalText::parseDate, "-infinity")).isEqualTo(TemporalText.NEGATIVE_INFINITY);
        assertThat(read(TemporalText::parseTimestamp, "infinity")).isEqualTo(TemporalText.POSITIVE_INFINITY);
        assertThat(read(TemporalText::parseTimestamp, "-infinity")).isEqualTo(TemporalText.NEGATIVE_INFINITY);
        assertThat(read(TemporalText::parseTimestampTz, "infinity")).isEqualTo(TemporalText.POSITIVE_INFINITY);
        assertThat(read(TemporalText::parseTimestampTz, "-infinity")).isEqualTo(TemporalText.NEGATIVE_INFINITY);
        StringBuilder written = new StringBuilder();
        TemporalText.appendDate(written, TemporalText.POSITIVE_INFINITY);
        TemporalText.appendTimestamp(written.append(' '), TemporalText.NEGATIVE_INFINITY);
        assertThat(written).hasToString("infinity -infinity");
    }

    @Test
    void timesAreThoseOfTheJdkBothWays() {
        Random random = Seeds.random();
        for (int round = 0; round < 50_000; round++) {
            LocalTime time = randomTimestamp(random).toLocalTime();
            long micros = time.toNanoOfDay() / 1000;
            int offset = random.nextInt(-57_599, 57_600);

            assertThat(read(TemporalText::parseTime, postgresTime(time))).isEqualTo(micros);
            assertThat(read(TemporalText::parseTimeTz, postgresTime(time) + offset(offset)))
                    .isEqualTo(new ZonedTime(micros, offset));
            StringBuilder written = new StringBuilder();
            TemporalText.appendTime(written, micros);
            assertThat(written).hasToString(postgresTime(time));
        }
    }

    @Test
    void theDayEndsAt24() {
        assertThat(read(TemporalText::parseTime, "24:00:00")).isEqualTo(DAY);
        assertThat(read(TemporalText::parseTimeTz, "24:00:00-15:59:59")).isEqualTo(new ZonedTime(DAY, -57_599));
        StringBuilder written = new StringBuilder();
        TemporalText.appendTime(written, DAY);
        assertThat(written).hasToString("24:00:00");
        assertThatIllegalArgumentException().isThrownBy(() -> TemporalText.appendTime(new StringBuilder(), DAY + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> TemporalText.appendTime(new StringBuilder(), -1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2000",
                "2000-1-1",
                "2000-13-01",
                "2000-00-01",
                "2000-01-00",
                "2000-02-30",
                "1900-02-29",
                "2000-04-31",
                "0000-01-01",
                "2000-01-01BC",
                "2000-01-01 AD",
                "-2000-01-01",
                "01/02/2000",
                "200-01-01",
                "2000-01-01 00:00:00",
                "12345678-01-01",
                "Infinity",
                "infinit",
                "2000-01-01 ",
                " 2000-01-01",
                "0002-02-29 BC",
                "2000-01 01",
                "today",
                " BC"
            })
    void refusesWhatIsNoDate(String text) {
        assertRefused(TemporalText::parseDate, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "24:00:00.000001",
                "25:00:00",
                "23:60:00",
                "23:59:60",
                "1:00:00",
                "00:00",
                "00:00:00.",
                "00:00:00.1234567",
                "00:00:00,5",
                "-01:00:00",
                "00-00-00",
                "00:00:0x",
                "00:00:00.1x",
                "00:00:00+00"
            })
    void refusesWhatIsNoTime(String text) {
        assertRefused(TemporalText::parseTime, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000-01-01", "2000-01-01T00:00:00", "2000-01-01 24:00:00", "2000-01-01 00:00:00+00",
                "2000-01-01 00:00:00 BC BC", "2000-01-01 00:00", "Sat Jan 01 00:00:00 2000", ""
            })
    void refusesWhatIsNoTimestamp(String text) {
        assertRefused(TemporalText::parseTimestamp, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2000-01-01 00:00:00",
                "2000-01-01 00:00:00Z",
                "2000-01-01 00:00:00+0",
                "2000-01-01 00:00:00+0000",
                "2000-01-01 00:00:00+16",
                "2000-01-01 00:00:00+00:60",
                "2000-01-01 00:00:00+00:00:60",
                "2000-01-01 00:00:00+00:00:00:00",
                "2000-01-01 00:00:00 UTC",
                "2000-01-01 00:00:00 BC+00",
                "2000-01-01+00",
                "2000-01-01 +00",
                ""
            })
    void refusesWhatIsNoTimestampWithTimeZone(String text) {
        assertRefused(TemporalText::parseTimestampTz, text);
    }

    @ParameterizedTest
    @CsvSource({
        "2000-01-01 00:00:00, 10957, 0",
        "1969-12-31 23:59:59.999999, -1, 86399999999",
        "294276-12-31 23:59:59.999999, 106762939, 86399999999",
        "4714-11-24 00:00:00 BC, -2440588, 0",
    })
    void readsMomentsOfTheWholeRange(String text, long day, long microOfDay) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertThat(TemporalText.parseMoment(bytes, 0, bytes.length)).isEqualTo(new Moment(day, microOfDay));
    }

    @Test
    void readsMomentsInUtc() {
        byte[] bytes = "1970-01-01 00:30:00+01".getBytes(StandardCharsets.UTF_8);
        byte[] infinity = "-infinity".getBytes(StandardCharsets.UTF_8);

        assertThat(TemporalText.parseMomentTz(bytes, 0, bytes.length)).isEqualTo(new Moment(-1, 84_600_000_000L));
        assertThat(TemporalText.parseMomentTz(infinity, 0, infinity.length).isNegativeInfinity())
                .isTrue();
    }

    @Test
    void readsOrRefusesRandomText() {
        Random random = Seeds.random();
        String alphabet = "0123456789-+:. BCinfty\u00e9";
        Seeded.fuzz(random, TemporalText::parseDate, alphabet, "2000-01-01", "0044-03-15 BC", "-infinity");
        Seeded.fuzz(random, TemporalText::parseTime, alphabet, "12:34:56.789", "24:00:00");
        Seeded.fuzz(random, TemporalText::parseTimeTz, alphabet, "12:34:56.789+01", "12:34:56-03:30:15");
        Seeded.fuzz(
                random, TemporalText::parseTimestamp, alphabet, "2000-01-01 12:34:56.789", "0044-03-15 00:00:00 BC");
        Seeded.fuzz(random, TemporalText::parseTimestampTz, alphabet, "2000-01-01 12:34:56.789+00", "-infinity");
        Seeded.fuzz(random, TemporalText::parseMoment, alphabet, "2000-01-01 12:34:56.789", "infinity");
        Seeded.fuzz(random, TemporalText::parseMomentTz, alphabet, "2000-01-01 12:34:56.789+00", "-infinity");
    }
}
