package dev.walbrook.connect.source.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "float4; NaN",
                "float4; -0",
                "float8; Infinity",
                "float8; -Infinity",
                "varbit; ''",
                "varbit; 00",
                "varbit; 0101",
                "timetz; 12:00:00+05:45",
                "timetz; 12:00:00-00:00:01",
                "timetz; 12:00:00.5-11",
                "interval; 1 mon",
                "interval; 1 day",
                "interval; -1 years -00:00:01",
                "interval; infinity",
                "interval; -infinity",
                "point; (NaN,0)",
                "point; (1,-0)",
                "circle; <(-0,1),2>",
                "polygon; ((1,2),(3,4),(1,2))",
                "line; {1,-0,Infinity}",
                "numeric; NaN",
                "numeric; -Infinity",
                "numeric; 1.50",
                "numeric; 0.0",
            })
    void losesSomething(String type, String value) {
        assertThat(isLossy(scalar(type, Representation.Decimals.PRECISE), value))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "float4; 0",
                "float8; -0.5",
                "float8; 1e-05",
                "varbit; 0",
                "varbit; 1",
                "varbit; 100",
                "timetz; 00:00:00+00",
                "timetz; 23:59:59.999999+00",
                "interval; 00:00:00",
                "interval; 48:00:00.000001",
                "point; (-0.5,1e-05)",
                "point; (0,-1)",
                "circle; <(0,0),0>",
                "line; {1,-2,3.5}",
                "numeric; 0",
                "numeric; 100",
                "numeric; 1.05",
            })
    void losesNothing(String type, String value) {
        assertThat(isLossy(scalar(type, Representation.Decimals.PRECISE), value))
                .isFalse();
    }

    @Test
    void typesThatNeverLoseAnythingHaveNoCheck() {
        for (String type : List.of("int4", "text", "timestamptz", "date", "bytea", "bit", "box", "jsonb", "uuid")) {
            assertThat(scalar(type, Representation.Decimals.PRECISE)).as(type).isNull();
        }
        assertThat(scalar("numeric", Representation.Decimals.STRING)).isNull();
        assertThat(Losses.ofScalar(
                        type("interval", 49), with(Representation.Decimals.PRECISE, Representation.Intervals.STRING)))
                .isNull();
    }

    @Test
    void aDecimalOfFixedScaleKeepsItsZeros() {
        LossCheck check = Losses.ofScalar(type("numeric", 12), with(Representation.Decimals.PRECISE));

        assertThat(isLossy(check, "1.50")).isFalse();
        assertThat(isLossy(check, "NaN")).isTrue();
    }

    @Test
    void aDoubleHoldsSomeDecimals() {
        LossCheck check = Losses.ofScalar(type("numeric", 40), with(Representation.Decimals.DOUBLE));

        assertThat(isLossy(check, "1.50")).isFalse();
        assertThat(isLossy(check, "0.1234567890123")).isFalse();
        assertThat(isLossy(check, "9007199254740992.0")).isFalse();
        assertThat(isLossy(check, "9007199254740993")).isTrue();
        assertThat(isLossy(check, "0." + "0".repeat(400) + "1")).isTrue();
        assertThat(isLossy(check, "1" + "0".repeat(400))).isTrue();
        assertThat(isLossy(check, "Infinity")).isTrue();
    }

    @Test
    void aDoubleHoldsSomeMoney() {
        LossCheck check = Losses.ofScalar(type("money", 0), with(Representation.Decimals.DOUBLE));

        assertThat(isLossy(check, "-$1,234.56")).isFalse();
        assertThat(isLossy(check, "$92,233,720,368,547,758.07")).isTrue();
        assertThat(isLossy(
                        Losses.ofScalar(type("money", 0), with(Representation.Decimals.PRECISE)),
                        "$92,233,720,368,547,758.07"))
                .isFalse();
    }

    @Test
    void timesOfConnectEndAtMilliseconds() {
        LossCheck check = Losses.ofScalar(
                new SourceType("timestamp", 29, 6),
                new Choices().times(Representation.Times.CONNECT).build());

        assertThat(isLossy(check, "2024-01-01 00:00:00.123")).isFalse();
        assertThat(isLossy(check, "2024-01-01 00:00:00.1234 BC")).isTrue();
    }

    @Test
    void aSingleBitMayBeMissing() {
        LossCheck check = Losses.ofScalar(type("varbit", 1), with(Representation.Decimals.PRECISE));

        assertThat(isLossy(check, "")).isTrue();
        assertThat(isLossy(check, "0")).isFalse();
        assertThat(isLossy(check, "1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{1,2},{3,4}}", "[5:6]={1,2}", "[0:0][1:1]={{1}}"})
    void anArrayIsFlattened(String value) {
        assertThat(isLossy(Losses.ofArray(null), value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{1}", "{\"{\"}", "{NULL}"})
    void aPlainArrayIsKept(String value) {
        assertThat(isLossy(Losses.ofArray(null), value)).isFalse();
    }

    @Test
    void anElementMayLoseSomething() {
        LossCheck check = Losses.ofArray(scalar("float8", Representation.Decimals.PRECISE));

        assertThat(isLossy(check, "{1,NULL,-0.5}")).isFalse();
        assertThat(isLossy(check, "{}")).isFalse();
        assertThat(isLossy(check, "{1,NaN,2}")).isTrue();
        assertThat(isLossy(check, "{1,-0}")).isTrue();
        assertThat(isLossy(check, "{{1}}")).isTrue();
    }

    private static LossCheck scalar(String type, Representation.Decimals decimals) {
        int length = type.equals("numeric") ? SourceType.VARIABLE_SCALE_LENGTH : SourceType.UNLIMITED;
        return Losses.ofScalar(type(type, length), with(decimals));
    }

    private static SourceType type(String name, int length) {
        return new SourceType(name, length, 2);
    }

    private static Representation with(Representation.Decimals decimals) {
        return with(decimals, Representation.Intervals.NUMERIC);
    }

    private static Representation with(Representation.Decimals decimals, Representation.Intervals intervals) {
        return new Choices().decimals(decimals).intervals(intervals).build();
    }

    /** The value lies among other bytes that must not be looked at. */
    private static boolean isLossy(LossCheck check, String value) {
        byte[] bytes = ("N{" + value + "0I").getBytes(StandardCharsets.UTF_8);
        return check.isLossy(bytes, 2, bytes.length - 4);
    }
}
