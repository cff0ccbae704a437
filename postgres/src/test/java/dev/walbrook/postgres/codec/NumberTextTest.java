package dev.walbrook.postgres.codec;

import static dev.walbrook.postgres.codec.Seeded.assertRefused;
import static dev.walbrook.postgres.codec.Seeded.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTextTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MAX_VALUE, 999_999_999_999_999_999L})
    void readsIntegers(long value) {
        assertThat(read(NumberText::parseLong, Long.toString(value))).isEqualTo(value);
    }

    @Test
    void refusesIntegersBeyondTheirType() {
        assertRefused(NumberText::parseLong, "9223372036854775808");
        assertRefused(NumberText::parseLong, "-9223372036854775809");
        assertRefused(NumberText::parseLong, "99999999999999999999");
        assertRefused(NumberText::parseLong, "18446744073709551617");
        assertRefused(NumberText::parseInt, "2147483648");
        assertRefused(NumberText::parseInt, "-2147483649");
        assertRefused(NumberText::parseShort, "32768");
        assertRefused(NumberText::parseShort, "-32769");
        assertThat(read(NumberText::parseInt, "-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(read(NumberText::parseShort, "-32768")).isEqualTo(Short.MIN_VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "+1", "1.0", "1e3", " 1", "1 ", "--1", "0x1", "١"})
    void refusesWhatIsNoInteger(String text) {
        assertRefused(NumberText::parseLong, text);
        assertRefused(NumberText::parseInt, text);
        assertRefused(NumberText::parseShort, text);
    }

    @Test
    void integersAreThoseOfBigInteger() {
        Random random = Seeds.random();
        for (int round = 0; round < 50_000; round++) {
            BigInteger value = new BigInteger(random.nextInt(70), random);
            value = random.nextBoolean() ? value : value.negate();
            if (value.bitLength() < Long.SIZE) {
                assertThat(read(NumberText::parseLong, value.toString())).isEqualTo(value.longValueExact());
            } else {
                assertRefused(NumberText::parseLong, value.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "0.00",
                "-0.10",
                "1234567890123456.78",
                "123456789012345678",
                "1234567890123456789",
                "-12345678901234567890.12345678901234567890",
                "0.0000000000000000001",
                "00.5"
            })
    void readsNumericsWithTheirScale(String text) {
        assertThat(read(NumberText::parseNumeric, text)).isEqualTo(new BigDecimal(text));
    }

    @Test
    void readsNumericsOfEveryLength() {
        Random random = Seeds.random();
        for (int round = 0; round < 20_000; round++) {
            BigDecimal value = new BigDecimal(new BigInteger(random.nextInt(150), random), random.nextInt(40));
            value = random.nextBoolean() ? value : value.negate();

            assertThat(read(NumberText::parseNumeric, value.toPlainString())).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", ".", "-.5", ".5", "5.", "1.2.3", "1e5", "NaN", "Infinity", "1,5", "+1", " 1", "1-"})
    void refusesWhatIsNoNumeric(String text) {
        assertRefused(NumberText::parseNumeric, text);
    }

    @Test
    void knowsSpecialNumbers() {
        for (String text : new String[] {"NaN", "Infinity", "-Infinity"}) {
            assertThat(read(NumberText::isSpecial, text)).isTrue();
        }
        for (String text : new String[] {"", "1", "1.5", "nan", "Infinit", "infinity", "+Infinity", "-NaN"}) {
            assertThat(read(NumberText::isSpecial, text)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "1.5",
                "0.1",
                "1e+300",
                "-2.5e-08",
                "1.7976931348623157e+308",
                "5e-324",
                "9007199254740993",
                "9007199254740992",
                "123456789012345678",
                "0.30000000000000004",
                "2.2250738585072014e-308"
            })
    void readsDoubles(String text) {
        assertThat(Double.doubleToRawLongBits(read(NumberText::parseDouble, text)))
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
    }

    @Test
    void readsSpecialFloats() {
        assertThat(read(NumberText::parseDouble, "NaN")).isNaN();
        assertThat(read(NumberText::parseDouble, "Infinity")).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(read(NumberText::parseDouble, "-Infinity")).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(read(NumberText::parseFloat, "NaN")).isNaN();
        assertThat(read(NumberText::parseFloat, "Infinity")).isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(read(NumberText::parseFloat, "-Infinity")).isEqualTo(Float.NEGATIVE_INFINITY);
    }

    @Test
    void floatsAreThoseOfTheJdkToTheLastBit() {
        Random random = Seeds.random();
        for (int round = 0; round < 100_000; round++) {
            String text = randomFloat(random);
            assertThat(Double.doubleToRawLongBits(read(NumberText::parseDouble, text)))
                    .as(text)
                    .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
            assertThat(Float.floatToRawIntBits(read(NumberText::parseFloat, text)))
                    .as(text)
                    .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(text)));
        }
    }

    private static String randomFloat(Random random) {
        String digits = new BigInteger(1 + random.nextInt(70), random).toString();
        int point = 1 + random.nextInt(digits.length());
        String text = (random.nextBoolean() ? "-" : "") + digits.substring(0, point);
        if (point < digits.length()) {
            text += "." + digits.substring(point);
        }
        return random.nextInt(3) == 0 ? text + "e" + (random.nextBoolean() ? "+" : "-") + random.nextInt(17) : text;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "1e",
                "1e+",
                ".5",
                "5.",
                "1d",
                "1f",
                "0x1p3",
                " 1",
                "1 ",
                "nan",
                "infinity",
                "1E5",
                "1e999"
            })
    void refusesWhatIsNoFloat(String text) {
        assertRefused(NumberText::parseDouble, text);
        assertRefused(NumberText::parseFloat, text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$0.00|0.00",
                "$1.00|1.00",
                "$1,234.50|1234.50",
                "-$1.00|-1.00",
                "($1.00)|-1.00",
                "-$92,233,720,368,547,758.08|-92233720368547758.08",
                "$92,233,720,368,547,758.07|92233720368547758.07",
                "$123|123"
            })
    void readsMoney(String text, BigDecimal value) {
        assertThat(read(NumberText::parseMoney, text)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$",
                "-",
                "()",
                "$-1.00",
                "($-1.00)",
                "$1,23.00",
                "$,123.00",
                "$1234,567.0,0",
                "1.00 €",
                "$1..0",
                "-($1.00)",
                "$12345,678.00",
                "$12345678.00",
                "$,1.00",
                "$1,,234.00",
                "$1,234,.00"
            })
    void refusesWhatIsNoMoney(String text) {
        assertRefused(NumberText::parseMoney, text);
    }

    @Test
    void readsOrRefusesRandomText() {
        Random random = Seeds.random();
        String alphabet = "0123456789-+.eE,$()NaInfty \u00e9";
        Seeded.fuzz(random, NumberText::parseLong, alphabet, "123", "-9223372036854775808");
        Seeded.fuzz(random, NumberText::parseNumeric, alphabet, "123.45", "-0.1");
        Seeded.fuzz(random, NumberText::parseDouble, alphabet, "1.5e+30", "-0.1", "Infinity");
        Seeded.fuzz(random, NumberText::parseFloat, alphabet, "1.5e+30", "-0.1", "NaN");
        Seeded.fuzz(random, NumberText::parseMoney, alphabet, "$1,234.50", "($1.00)");
    }
}
