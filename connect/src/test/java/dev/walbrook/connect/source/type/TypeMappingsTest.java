package dev.walbrook.connect.source.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.codec.TextFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What values look like in each mode. The expected ones are what Debezium 3.7 was seen to make of them. */
class TypeMappingsTest {

    private static final int MICROS = 6;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ADAPTIVE   | date | 2024-02-29       | io.debezium.time.Date                | 19782",
                "ADAPTIVE   | date | 0044-03-15 BC    | io.debezium.time.Date                | -735160",
                "ADAPTIVE   | date | infinity         | io.debezium.time.Date                | 2146033979",
                "ADAPTIVE   | date | -infinity        | io.debezium.time.Date                | -2147472691",
                "CONNECT    | date | 10000-01-01      | org.apache.kafka.connect.data.Date   | 253402300800000",
                "CONNECT    | date | infinity         | org.apache.kafka.connect.data.Date   | 185417335785600000",
                "ISOSTRING  | date | 2024-02-29       | io.debezium.time.IsoDate             | 2024-02-29Z",
                "ISOSTRING  | date | 0044-03-15 BC    | io.debezium.time.IsoDate             | -0043-03-15Z",
                "ISOSTRING  | date | 10000-01-01      | io.debezium.time.IsoDate             | +10000-01-01Z",
                "ISOSTRING  | date | infinity         | io.debezium.time.IsoDate             | +5877611-06-21Z",
                "ISOSTRING  | date | -infinity        | io.debezium.time.IsoDate             | -5877611-06-22Z",
                "STRUCTURED | date | 0044-03-15 BC    | io.debezium.time.StructuredDate      | -43 3 15 null",
                "STRUCTURED | date | infinity         | io.debezium.time.StructuredDate      | null null null POSITIVE_INFINITY",
                "ADAPTIVE   | time | 12:34:56.789012  | io.debezium.time.MicroTime           | 45296789012",
                "ADAPTIVE   | time | 24:00:00         | io.debezium.time.MicroTime           | 86400000000",
                "NANOSECONDS| time | 00:00:00.000001  | io.debezium.time.NanoTime            | 1000",
                "CONNECT    | time | 12:34:56.789012  | org.apache.kafka.connect.data.Time   | 45296789",
                "CONNECT    | time | 24:00:00         | org.apache.kafka.connect.data.Time   | 86400000",
                "ISOSTRING  | time | 12:34:56.78      | io.debezium.time.IsoTime             | 12:34:56.78Z",
                "ISOSTRING  | time | 24:00:00         | io.debezium.time.IsoTime             | 00:00:00Z",
                "STRUCTURED | time | 12:34:56.5       | io.debezium.time.StructuredTime      | 12 34 56 500000000 6",
                "STRUCTURED | time | 24:00:00         | io.debezium.time.StructuredTime      | 24 0 0 0 6",
                "ADAPTIVE   | timetz | 00:00:00-03:30 | io.debezium.time.ZonedTime           | 03:30:00Z",
                "ADAPTIVE   | timetz | 24:00:00+00    | io.debezium.time.ZonedTime           | 24:00:00Z",
                "ADAPTIVE   | timetz | 24:00:00-05    | io.debezium.time.ZonedTime           | 05:00:00Z",
                "STRUCTURED | timetz | 24:00:00-05    | io.debezium.time.StructuredZonedTime | 24 0 0 0 -18000 6",
                "ADAPTIVE   | timestamp | 1969-12-31 23:59:59.999999 | io.debezium.time.MicroTimestamp | -1",
                "ADAPTIVE   | timestamp | infinity  | io.debezium.time.MicroTimestamp      | 9223372036854775807",
                "ADAPTIVE   | timestamp | -infinity | io.debezium.time.MicroTimestamp      | -9223372036854775808",
                "NANOSECONDS| timestamp | infinity  | io.debezium.time.NanoTimestamp       | 9223372036854775807",
                "NANOSECONDS| timestamp | 1970-01-01 00:00:00.000001 | io.debezium.time.NanoTimestamp | 1000",
                "CONNECT    | timestamp | infinity  | org.apache.kafka.connect.data.Timestamp | 9223372036825200000",
                "CONNECT    | timestamp | 294276-12-31 23:59:59.999999 | org.apache.kafka.connect.data.Timestamp | 9224318015999999",
                "ISOSTRING  | timestamp | 2024-02-29 12:34:56.5 | io.debezium.time.IsoTimestamp | 2024-02-29T12:34:56.5Z",
                "ISOSTRING  | timestamp | 294276-12-31 23:59:59.999999 | io.debezium.time.IsoTimestamp | +294276-12-31T23:59:59.999999Z",
                "ISOSTRING  | timestamp | infinity  | io.debezium.time.IsoTimestamp        | +292278994-08-16T23:00:00Z",
                "ISOSTRING  | timestamp | -infinity | io.debezium.time.IsoTimestamp        | -292275055-05-16T23:00:00Z",
                "STRUCTURED | timestamp | 0001-12-31 00:00:00 BC | io.debezium.time.StructuredTimestamp | 0 12 31 0 0 0 0 null 6",
                "STRUCTURED | timestamp | -infinity | io.debezium.time.StructuredTimestamp | null null null null null null null NEGATIVE_INFINITY 6",
                "ADAPTIVE   | timestamptz | 2024-02-29 12:34:56.789+02 | io.debezium.time.ZonedTimestamp | 2024-02-29T10:34:56.789000Z",
                "ISOSTRING  | timestamptz | infinity | io.debezium.time.ZonedTimestamp     | infinity",
                "ADAPTIVE   | timestamptz | 294276-12-31 23:59:59+00 | io.debezium.time.ZonedTimestamp | +294276-12-31T23:59:59.000000Z",
                "STRUCTURED | timestamptz | 2024-03-01 00:00:00+02 | io.debezium.time.StructuredZonedTimestamp | 2024 2 29 22 0 0 0 0 Z null 6",
                "STRUCTURED | timestamptz | infinity | io.debezium.time.StructuredZonedTimestamp | null null null null null null null null null POSITIVE_INFINITY 6",
                "ADAPTIVE   | interval | 1 year 2 mons 3 days 04:05:06.789012 | io.debezium.time.MicroDuration | 37091106789012",
                "STRUCTURED | interval | -1 years -2 mons +3 days -04:05:06.7 | io.debezium.time.StructuredDuration | -1 -2 3 -4 -5 -6 -700000000 6",
            })
    void datesAndTimes(Representation.Times mode, String type, String value, String schema, String expected) {
        TypeMapping mapping = scalar(new Choices().times(mode), type, MICROS);

        Schema built = mapping.schema().get().build();
        assertThat(built.name()).isEqualTo(schema);
        assertThat(said(decode(mapping, value))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "ADAPTIVE, 3, io.debezium.time.Time, io.debezium.time.Timestamp",
        "ADAPTIVE, 4, io.debezium.time.MicroTime, io.debezium.time.MicroTimestamp",
        "ADAPTIVE_TIME_MICROSECONDS, 3, io.debezium.time.MicroTime, io.debezium.time.Timestamp",
        "MICROSECONDS, 0, io.debezium.time.MicroTime, io.debezium.time.MicroTimestamp",
    })
    void thePrecisionDecidesWhereTheModeLetsIt(Representation.Times mode, int digits, String time, String timestamp) {
        Choices choices = new Choices().times(mode);

        assertThat(scalar(choices, "time", digits).schema().get().build().name())
                .isEqualTo(time);
        assertThat(scalar(choices, "timestamp", digits).schema().get().build().name())
                .isEqualTo(timestamp);
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp, NANOSECONDS, 2300-01-01 00:00:00",
        "timestamp, ADAPTIVE, 294276-12-31 23:59:59",
    })
    void whatDoesNotFitIsRefusedAndNotWrappedAround(String type, Representation.Times mode, String value) {
        TypeMapping mapping = scalar(new Choices().times(mode), type, MICROS);

        assertThatThrownBy(() -> decode(mapping, value))
                .isInstanceOfAny(ArithmeticException.class, TextFormatException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "9223372036825200, Timestamp, 3, infinity",
        "-9223372036832400000, MicroTimestamp, 6, -infinity",
    })
    void infinityBefore3Point7(long expected, String schema, int digits, String value) {
        TypeMapping mapping = scalar(new Choices().level(CompatibilityLevel.V3_6), "timestamp", digits);

        assertThat(decode(mapping, value)).isEqualTo(expected);
        assertThat(mapping.schema().get().build().name()).endsWith(schema);
    }

    @ParameterizedTest
    @CsvSource({
        "tsvector, V3_2, false",
        "tsvector, V3_3, true",
        "circle, V3_6, false",
        "polygon, V3_7, true",
        "point, V3_0, true",
    })
    void typesThatOlderReleasesDidNotKnow(String type, CompatibilityLevel level, boolean known) {
        TypeMapping mapping =
                new TypeMappings(new Choices().level(level).build()).scalar(base(type), new SourceType(type, 0, 0));

        assertThat(mapping != null).isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource({
        "BASE64, AP8Q, e30=",
        "BASE64_URL_SAFE, AP8Q, e30=",
        "HEX, 00ff10, 7b7d",
    })
    void bytesInText(Representation.Binaries mode, String expected, String unknown) {
        Choices choices = new Choices().binaries(mode).unavailable("hex:c3a4");

        TypeMapping bytea = scalar(choices, "bytea", 0);
        TypeMapping other = new TypeMappings(choices.build()).unknown(null, false);

        assertThat(decode(bytea, "\\x00ff10")).isEqualTo(expected);
        assertThat(bytea.unavailable()).isEqualTo("\u00e4");
        assertThat(decode(other, "{}")).isEqualTo(unknown);
        assertThat(other.schema().get().build()).isEqualTo(Schema.STRING_SCHEMA);
    }

    @ParameterizedTest
    @CsvSource({"101, 05", "000000000001, 01", "100000000000, 0008", "000, ''"})
    void bitsWithoutZeroBytesAtTheEnd(String bits, String expected) {
        TypeMapping mapping = new TypeMappings(new Choices().build())
                .scalar(base("varbit"), new SourceType("varbit", SourceType.UNLIMITED, 0));

        assertThat((byte[]) decode(mapping, bits))
                .isEqualTo(java.util.HexFormat.of().parseHex(expected));
    }

    @Test
    void hstoreIsAnObjectOrAMap() {
        TypeMapping json = scalar(new Choices(), "hstore", 0);

        assertThat(decode(json, "\"a\"=>\"1\", \"b\"=>NULL")).isEqualTo("{\"a\":\"1\",\"b\":null}");
        assertThat(decode(json, "\"b \\\"q\\\"\"=>\"x\ty\u0001\\\\\""))
                .isEqualTo("{\"b \\\"q\\\"\":\"x\\ty\\u0001\\\\\"}");
        assertThat(json.unavailable()).isEqualTo("{\"?\":\"?\"}");
        TypeMapping map = scalar(new Choices().hstores(Representation.Hstores.MAP), "hstore", 0);
        assertThat(decode(map, "\"a\"=>\"1\"")).isEqualTo(Map.of("a", "1"));
        assertThat(map.unavailable()).isEqualTo(Map.of("?", "?"));
    }

    @Test
    void arraysFlattenAndKeepTheirNulls() {
        TypeMapping dates =
                new TypeMappings(new Choices().build()).array(base("date"), new SourceType("_date", 13, 0), false);

        assertThat(decode(dates, "{{1970-01-02,NULL},{infinity,1970-01-01}}"))
                .isEqualTo(Arrays.asList(1, null, 2146033979, 0));
        assertThat(dates.unavailable()).isEqualTo(List.of((int) '?'));
    }

    @Test
    void anElementThatCannotBeRepresentedIsNullOrSpoilsTheArray() {
        SourceType described = new SourceType("_numeric", SourceType.VARIABLE_SCALE_LENGTH, 0);
        TypeMapping lenient = new TypeMappings(new Choices().build()).array(base("numeric"), described, false);
        TypeMapping strict =
                new TypeMappings(new Choices().strictElements().build()).array(base("numeric"), described, false);

        assertThat(decode(lenient, "{NaN}")).isEqualTo(Arrays.asList((Object) null));
        assertThatThrownBy(() -> decode(strict, "{NaN}")).isInstanceOf(TextFormatException.class);
    }

    @Test
    void enumArraysHaveNoNullsUntilOneWasSeen() {
        PgType mood = new PgType(
                1, "public", "mood", PgType.Kind.ENUM, 0, 0, -1, List.of("first", "ok"), List.of("ok", "first"));
        SourceType described = new SourceType("_mood", SourceType.UNLIMITED, 0);
        TypeMapping usual = new TypeMappings(new Choices().build()).array(mood, described, false);
        TypeMapping afterNull =
                new TypeMappings(new Choices().level(CompatibilityLevel.V3_5).build()).array(mood, described, true);

        assertThatThrownBy(() -> decode(usual, "{ok,NULL}")).isInstanceOf(NullElementException.class);
        assertThat(usual.schema().get().build().valueSchema().parameters()).containsEntry("allowed", "first,ok");
        assertThat(decode(afterNull, "{ok,NULL}")).isEqualTo(Arrays.asList("ok", null));
        assertThat(afterNull.schema().get().build().valueSchema().parameters()).containsEntry("allowed", "ok,first");
    }

    @Test
    void boxesInAnArrayAreSeparatedBySemicolons() {
        TypeMapping boxes =
                new TypeMappings(new Choices().build()).array(base("box"), new SourceType("_box", 0, 0), false);

        assertThat((List<?>) decode(boxes, "{(3,4),(1,2);(5,6),(0,0)}")).hasSize(2);
    }

    @Test
    void arraysOfUnknownTypesAreListsOfTheirText() {
        TypeMapping mapping = new TypeMappings(new Choices().build()).unknown(base("pg_lsn"), false);

        assertThat(decode(mapping, "{0/1}"))
                .isEqualTo(List.of(ByteBuffer.wrap("0/1".getBytes(StandardCharsets.UTF_8))));
    }

    private static TypeMapping scalar(Choices choices, String type, int digits) {
        return Objects.requireNonNull(
                new TypeMappings(choices.build()).scalar(base(type), new SourceType(type, 0, digits)));
    }

    private static PgType base(String name) {
        return new PgType(1, "pg_catalog", name, PgType.Kind.BASE, 0, 0, -1, List.of(), List.of());
    }

    private static @Nullable Object decode(@Nullable TypeMapping mapping, String value) {
        byte[] bytes = ("x" + value + "x").getBytes(StandardCharsets.UTF_8);
        Schema schema = Objects.requireNonNull(mapping).schema().get().build();
        return mapping.decoder().apply(schema).decode(bytes, 1, bytes.length - 2);
    }

    @SuppressWarnings("JavaUtilDate") // Connect's own logical types are of that class.
    private static String said(@Nullable Object value) {
        if (value instanceof Struct struct) {
            return struct.schema().fields().stream()
                    .map(field -> String.valueOf(struct.get(field)))
                    .collect(Collectors.joining(" "));
        }
        return value instanceof java.util.Date date ? Long.toString(date.getTime()) : String.valueOf(value);
    }
}
