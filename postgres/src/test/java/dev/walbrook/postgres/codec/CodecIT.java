package dev.walbrook.postgres.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.copy.CopyTextReader;
import dev.walbrook.postgres.pgoutput.TupleData;
import dev.walbrook.testkit.RequiresPostgres;
import dev.walbrook.testkit.Seeds;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * PostgreSQL as the judge of the codecs: random and extreme values, which it prints as text for the readers and, by
 * functions that do not go through that text, as numbers or hexadecimal digits to compare with.
 */
class CodecIT {

    private static final int VALUES = 5_000;

    /** As SQL: seconds of every size, towards the past only as many as PostgreSQL has before 1970. */
    private static final String SECONDS = "greatest((random() - 0.5) * 10 ^ (4 + random() * 8), -2e11 * random())";

    private static final Random RANDOM = Seeds.random();
    private static final double SERVER_SEED = RANDOM.nextDouble();

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        database = TestPostgres.source().createDatabase();
        connection = database.connection();
        execute("SET DateStyle = ISO; SET IntervalStyle = postgres; SET TimeZone = 'UTC'; SET bytea_output = hex");
        execute("SET extra_float_digits = 1; SET lc_monetary = 'C'");
        execute("SELECT setseed(" + SERVER_SEED + ")");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
        database.close();
    }

    // Numbers

    @Test
    void integers() throws SQLException {
        String bigints = generated(
                "((random() - 0.5) * 2 ^ (random() * 63))::int8",
                "9223372036854775807::int8",
                "(-9223372036854775808)::int8",
                "0::int8");
        eachRow("SELECT v::text, encode(int8send(v), 'hex') FROM " + bigints, row -> {
            assertThat(row.read(NumberText::parseLong)).isEqualTo(row.bits(2));
        });
        String integers = generated("((random() - 0.5) * 2 ^ (random() * 32))::int4", "2147483647", "-2147483648");
        eachRow("SELECT v::text, encode(int4send(v), 'hex') FROM " + integers, row -> {
            assertThat(row.read(NumberText::parseInt)).isEqualTo((int) row.bits(2));
        });
        String smallints = generated("((random() - 0.5) * 65534)::int2", "32767::int2", "(-32768)::int2");
        eachRow("SELECT v::text, encode(int2send(v), 'hex') FROM " + smallints, row -> {
            assertThat(row.read(NumberText::parseShort)).isEqualTo((short) row.bits(2));
        });
    }

    @Test
    void numerics() throws SQLException {
        String numerics = generated(
                "round(((random() - 0.5)::numeric * 10::numeric ^ (random() * 60)::int), (random() * 40)::int)",
                "0::numeric",
                "0.000::numeric",
                "'1e131071'::numeric",
                "'-1e-16383'::numeric",
                "'NaN'::numeric",
                "'Infinity'::numeric",
                "'-Infinity'::numeric");
        eachRow("SELECT v::text, scale(v), trim_scale(v * ('1e' || scale(v))::numeric)::text FROM " + numerics, row -> {
            boolean special = row.read(NumberText::isSpecial);
            assertThat(special).isEqualTo(row.text(2) == null);
            if (!special) {
                BigDecimal value = row.read(NumberText::parseNumeric);
                assertThat(value.scale()).isEqualTo(Integer.parseInt(row.text(2)));
                assertThat(value.unscaledValue()).isEqualTo(new BigInteger(row.text(3)));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void floats(int extraDigits) throws SQLException {
        execute("SET extra_float_digits = " + extraDigits);
        String doubles = javaValues(i -> Double.toString(
                        i % 2 == 0
                                ? Double.longBitsToDouble(RANDOM.nextLong())
                                : Math.round(RANDOM.nextDouble() * 1e6) / Math.pow(10, RANDOM.nextInt(9))))
                .append(Double.toString(Double.MIN_VALUE))
                .append(Double.toString(-Double.MAX_VALUE))
                .append("-0")
                .append("Infinity")
                .append("-Infinity")
                .toString();
        eachRow("SELECT v::text, encode(float8send(v), 'hex') FROM unnest(?::float8[]) v", doubles, row -> {
            double value = row.read(NumberText::parseDouble);
            double expected = Double.longBitsToDouble(row.bits(2));
            assertThat(Double.doubleToLongBits(value)).isEqualTo(Double.doubleToLongBits(expected));
        });
        String floats = javaValues(i -> Float.toString(
                        i % 2 == 0
                                ? Float.intBitsToFloat(RANDOM.nextInt())
                                : Math.round(RANDOM.nextFloat() * 1e4) / 100f))
                .append(Float.toString(Float.MIN_VALUE))
                .append(Float.toString(Float.MAX_VALUE))
                .append("-0")
                .append("-Infinity")
                .toString();
        eachRow("SELECT v::text, encode(float4send(v), 'hex') FROM unnest(?::float4[]) v", floats, row -> {
            float value = row.read(NumberText::parseFloat);
            float expected = Float.intBitsToFloat((int) row.bits(2));
            assertThat(Float.floatToIntBits(value)).isEqualTo(Float.floatToIntBits(expected));
        });
    }

    @Test
    void money() throws SQLException {
        String money = generated(
                "((random() - 0.5) * 10 ^ (random() * 16)::int)::numeric::money",
                "'-92233720368547758.08'::money",
                "'92233720368547758.07'::money",
                "0::money");
        eachRow("SELECT v::text, encode(cash_send(v), 'hex') FROM " + money, row -> {
            assertThat(row.read(NumberText::parseMoney)).isEqualTo(BigDecimal.valueOf(row.bits(2), 2));
        });
    }

    // Times

    @Test
    void dates() throws SQLException {
        String dates = generated(
                "'1970-01-01'::date + ((random() - 0.5) * 10 ^ (3 + random() * 3))::int",
                "'4713-11-24 BC'::date",
                "'5874897-12-31'::date",
                "'0001-12-31 BC'::date",
                "'0001-01-01'::date",
                "'0001-02-29 BC'::date",
                "'infinity'::date",
                "'-infinity'::date");
        // A date is sent as its days from 2000-01-01; the greatest and the smallest integer are the infinities.
        eachRow("SELECT v::text, encode(date_send(v), 'hex') FROM " + dates, row -> {
            int sent = (int) row.bits(2);
            long expected = sent == Integer.MAX_VALUE
                    ? TemporalText.POSITIVE_INFINITY
                    : sent == Integer.MIN_VALUE ? TemporalText.NEGATIVE_INFINITY : sent + 10_957L;
            assertThat(row.read(TemporalText::parseDate)).isEqualTo(expected);
            assertThat(written(TemporalText::appendDate, expected)).isEqualTo(row.text(1));
        });
    }

    @Test
    void timestamps() throws SQLException {
        String timestamps = generated(
                "'1970-01-01'::timestamp + " + SECONDS + " * interval '1 second'",
                "'4713-11-24 BC'::timestamp",
                "'294247-01-10 04:00:54.775806'::timestamp",
                "'0001-12-31 23:59:59.999999 BC'::timestamp",
                "'10000-01-01 00:00:00.1'::timestamp",
                "'infinity'::timestamp",
                "'-infinity'::timestamp");
        eachRow("SELECT v::text, encode(timestamp_send(v), 'hex') FROM " + timestamps, row -> {
            long expected = unixMicros(row.bits(2));
            assertThat(row.read(TemporalText::parseTimestamp)).isEqualTo(expected);
            assertThat(written(TemporalText::appendTimestamp, expected)).isEqualTo(row.text(1));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Kolkata", "America/St_Johns", "Europe/Amsterdam"})
    void timestampsWithTimeZone(String zone) throws SQLException {
        execute("SET TimeZone = '" + zone + "'");
        String timestamps = generated(
                "'1970-01-01Z'::timestamptz + " + SECONDS + " * interval '1 second'",
                "'4713-11-25Z BC'::timestamptz",
                "'294246-12-31 00:00:00Z'::timestamptz",
                "'0001-12-31 23:59:59.999999Z BC'::timestamptz",
                "'infinity'::timestamptz",
                "'-infinity'::timestamptz");
        eachRow("SELECT v::text, encode(timestamptz_send(v), 'hex') FROM " + timestamps, row -> {
            assertThat(row.read(TemporalText::parseTimestampTz)).isEqualTo(unixMicros(row.bits(2)));
        });
    }

    private static long unixMicros(long sent) {
        return sent == Long.MAX_VALUE || sent == Long.MIN_VALUE ? sent : sent + 946_684_800_000_000L;
    }

    @Test
    void times() throws SQLException {
        String times = generated("'00:00'::time + random() * interval '1 day'", "'24:00'::time", "'00:00'::time");
        eachRow("SELECT v::text, encode(time_send(v), 'hex') FROM " + times, row -> {
            assertThat(row.read(TemporalText::parseTime)).isEqualTo(row.bits(2));
            assertThat(written(TemporalText::appendTime, row.bits(2))).isEqualTo(row.text(1));
        });
        String zoned = generated(
                "timezone(make_interval(secs => ((random() - 0.5) * 115198)::int),"
                        + " ('00:00'::time + random() * interval '1 day')::timetz)",
                "'24:00:00-15:59:59'::timetz",
                "'00:00:00+15:59:59'::timetz");
        // Sent are the microseconds, then the seconds west of Greenwich.
        eachRow("SELECT v::text, encode(timetz_send(v), 'hex') FROM " + zoned, row -> {
            long micros = Long.parseUnsignedLong(row.text(2), 0, 16, 16);
            int secondsWest = Integer.parseUnsignedInt(row.text(2), 16, 24, 16);
            assertThat(row.read(TemporalText::parseTimeTz)).isEqualTo(new ZonedTime(micros, -secondsWest));
        });
    }

    @Test
    void intervals() throws SQLException {
        String intervals = generated(
                "make_interval(months => (random() * 3)::int * ((random() - 0.5) * 10 ^ (random() * 8))::int,"
                        + " days => (random() * 2)::int * ((random() - 0.5) * 10 ^ (random() * 8))::int)"
                        + " + (random() * 2)::int * ((random() - 0.5) * 10 ^ (random() * 12)) * interval '1 microsecond'"
                        + " + (random() * 2)::int * ((random() - 0.5) * 10 ^ (random() * 8))::int * interval '1 hour'",
                "'178956970 years 7 mons 2147483646 days'::interval",
                "'-178956970 years -8 mons +1 day'::interval",
                "'2562047788:00:54.775806'::interval",
                "'-2562047788:00:54.775807'::interval",
                "'0'::interval");
        // Sent are microseconds, days and months.
        eachRow("SELECT v::text, encode(interval_send(v), 'hex') FROM " + intervals, row -> {
            String sent = row.text(2);
            assertThat(row.read(IntervalText::parse))
                    .isEqualTo(new Interval(
                            Integer.parseUnsignedInt(sent, 24, 32, 16),
                            Integer.parseUnsignedInt(sent, 16, 24, 16),
                            Long.parseUnsignedLong(sent, 0, 16, 16)));
        });
    }

    @Test
    @RequiresPostgres(min = 17)
    void infiniteIntervals() throws SQLException {
        eachRow("SELECT v::text FROM (VALUES ('infinity'::interval)) t (v)", row -> {
            assertThat(row.read(IntervalText::parse)).isEqualTo(Interval.POSITIVE_INFINITY);
        });
        eachRow("SELECT v::text FROM (VALUES ('-infinity'::interval)) t (v)", row -> {
            assertThat(row.read(IntervalText::parse)).isEqualTo(Interval.NEGATIVE_INFINITY);
        });
    }

    // Bytes and bits

    @ParameterizedTest
    @ValueSource(strings = {"hex", "escape"})
    void bytes(String output) throws SQLException {
        execute("SET bytea_output = " + output);
        String values = javaValues(i -> ByteaText.format(randomBytes(40))).toString();
        eachRow("SELECT v::text, encode(v, 'hex') FROM unnest(?::bytea[]) v", values, row -> {
            byte[] expected = HexFormat.of().parseHex(row.text(2));
            assertThat(row.read(ByteaText::parse)).isEqualTo(expected);
            assertThat(ByteaText.format(expected)).isEqualTo("\\x" + row.text(2));
        });
    }

    @Test
    void bits() throws SQLException {
        String values = javaValues(i -> {
                    byte[] bits = randomBytes(12);
                    return BitText.format(bits, bits.length * 8 + RANDOM.nextInt(7));
                })
                .toString();
        // Sent is the number of bits, then the bits from the left, filled up to whole bytes.
        eachRow("SELECT v::text, encode(varbit_send(v), 'hex') FROM unnest(?::varbit[]) v", values, row -> {
            int count = Integer.parseUnsignedInt(row.text(2), 0, 8, 16);
            byte[] sent = HexFormat.of().parseHex(row.text(2).substring(8));
            BigInteger bits = new BigInteger(1, sent).shiftRight(sent.length * 8 - count);

            byte[] value = row.read(BitText::parseLittleEndian);

            assertThat(value).hasSize(sent.length);
            for (int bit = 0; bit < count; bit++) {
                assertThat((value[bit / 8] >> (bit % 8) & 1) != 0).isEqualTo(bits.testBit(bit));
            }
            assertThat(BitText.format(value, count)).isEqualTo(row.text(1));
        });
    }

    // Compound values

    @Test
    void arrays() throws SQLException {
        List<@Nullable String> elements = new ArrayList<>();
        for (int i = 0; i < VALUES; i++) {
            elements.add(RANDOM.nextInt(10) == 0 ? null : randomText());
        }
        ArrayText.Writer writer = new ArrayText.Writer();
        elements.forEach(element -> {
            if (element == null) {
                writer.appendNull();
            } else {
                writer.append(element);
            }
        });
        eachRow("SELECT v::text FROM (SELECT ?::text[]) t (v)", writer.toString(), row -> {
            assertThat(row.read(CodecIT::elements)).isEqualTo(elements);
        });
        // One array a row, in up to three dimensions and with bounds of its own, taken apart by unnest.
        String arrays = "(SELECT CASE n % 4"
                + " WHEN 0 THEN array[a, b]"
                + " WHEN 1 THEN array[[a], [b], [c]]"
                + " WHEN 2 THEN array[[[a, b], [c, d]]]"
                + " ELSE array_fill(a, array[2, 1], array[-1, n::int]) END AS v"
                + " FROM (SELECT e AS a, lead(e, 1) OVER w AS b, lead(e, 2) OVER w AS c, lead(e, 3) OVER w AS d, n"
                + " FROM unnest(?::text[]) WITH ORDINALITY AS u (e, n) WINDOW w AS (ORDER BY n)) r) t";
        eachRow(
                "SELECT v::text, array_ndims(v), (SELECT string_agg(coalesce(encode(convert_to(e, 'UTF8'), 'hex'), '-'),"
                        + " ',' ORDER BY i) FROM unnest(v) WITH ORDINALITY AS u (e, i)) FROM " + arrays,
                writer.toString(),
                row -> {
                    String read = row.read(CodecIT::elements).stream()
                            .map(e -> e == null ? "-" : HexFormat.of().formatHex(e.getBytes(StandardCharsets.UTF_8)))
                            .collect(Collectors.joining(","));
                    assertThat(read).isEqualTo(row.text(3));
                    assertThat(row.read(ArrayText::dimensions)).isEqualTo(Integer.parseInt(row.text(2)));
                });
    }

    @Test
    void boxesHaveTheirOwnDelimiter() throws SQLException {
        eachRow("SELECT v::text FROM (VALUES ('{(1,1),(0,0);NULL;(3,3),(2,2)}'::box[])) t (v)", row -> {
            Elements elements = new Elements();
            ArrayText.parse(row.bytes(), 0, row.bytes().length, (byte) ';', elements);
            assertThat(elements.list).containsExactly("(1,1),(0,0)", null, "(3,3),(2,2)");
        });
    }

    @Test
    void points() throws SQLException {
        String points = javaValues(i -> PointText.format(
                        new Point(Double.longBitsToDouble(RANDOM.nextLong()), RANDOM.nextInt(1000) / 8d)))
                .toString();
        eachRow(
                "SELECT v::text, encode(float8send(v[0]), 'hex'), encode(float8send(v[1]), 'hex') FROM unnest(?::point[]) v",
                points,
                row -> assertThat(row.read(PointText::parse))
                        .isEqualTo(
                                new Point(Double.longBitsToDouble(row.bits(2)), Double.longBitsToDouble(row.bits(3)))));
    }

    @Test
    void hstores() throws SQLException {
        execute("CREATE EXTENSION IF NOT EXISTS hstore");
        List<Map<String, @Nullable String>> maps = new ArrayList<>();
        String hstores = javaValues(i -> {
                    Map<String, @Nullable String> map = new LinkedHashMap<>();
                    for (int pair = RANDOM.nextInt(4); pair > 0; pair--) {
                        map.put(randomText(), RANDOM.nextInt(4) == 0 ? null : randomText());
                    }
                    maps.add(map);
                    return HstoreText.format(map);
                })
                .toString();
        List<Map<String, @Nullable String>> read = new ArrayList<>();
        eachRow("SELECT v::text FROM unnest(?::hstore[]) WITH ORDINALITY AS u (v, i) ORDER BY i", hstores, row -> {
            read.add(row.read(HstoreText::parse));
        });
        assertThat(read).isEqualTo(maps);
    }

    @Test
    void copiedRows() throws SQLException {
        ArrayText.Writer writer =
                javaValues(i -> randomText()).append("\\N").append("\\.").appendNull();
        execute("CREATE TEMP TABLE copied (v text)");
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO copied SELECT unnest(?::text[])")) {
            insert.setString(1, writer.toString());
            insert.executeUpdate();
        }
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT encode(convert_to(v, 'UTF8'), 'hex'), v, NULL, v FROM copied) TO STDOUT");
        int rows = 0;
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy(), rows++) {
            TupleData tuple = CopyTextReader.read(row, 4);
            String expected =
                    tuple.isNull(0) ? null : new String(HexFormat.of().parseHex(tuple.text(0)), StandardCharsets.UTF_8);
            assertThat(tuple.isNull(1) ? null : tuple.text(1)).isEqualTo(expected);
            assertThat(tuple.isNull(2)).isTrue();
            assertThat(tuple.isNull(3) ? null : tuple.text(3)).isEqualTo(expected);
        }
        assertThat(rows).isEqualTo(VALUES + 3);
    }

    // Asking the server

    private interface Append {
        void append(StringBuilder out, long value);
    }

    private static String written(Append writer, long value) {
        StringBuilder out = new StringBuilder();
        writer.append(out, value);
        return out.toString();
    }

    private static final class Elements implements ArrayText.ElementHandler {

        private final List<@Nullable String> list = new ArrayList<>();

        @Override
        public void element(byte[] buffer, int offset, int length) {
            list.add(new String(buffer, offset, length, StandardCharsets.UTF_8));
        }

        @Override
        public void nullElement() {
            list.add(null);
        }
    }

    private static List<@Nullable String> elements(byte[] buffer, int offset, int length) {
        Elements elements = new Elements();
        ArrayText.parse(buffer, offset, length, (byte) ',', elements);
        return elements.list;
    }

    private static byte[] randomBytes(int limit) {
        byte[] bytes = new byte[RANDOM.nextInt(limit)];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static String randomText() {
        return ArrayTextTest.randomText(RANDOM, "abNUL,;:{}[]()\"'\\ =>\b\f\n\r\t\u000B\u0001\u007Fé名\ud83d\ude00");
    }

    private static ArrayText.Writer javaValues(IntFunction<String> value) {
        ArrayText.Writer writer = new ArrayText.Writer();
        IntStream.range(0, VALUES).mapToObj(value).forEach(writer::append);
        return writer;
    }

    /** A table {@code t} of values {@code v}: many by an expression with random(), and some chosen ones. */
    private static String generated(String expression, String... extremes) {
        String chosen =
                Arrays.stream(extremes).map(e -> " UNION ALL SELECT " + e).collect(Collectors.joining());
        return "(SELECT " + expression + " AS v FROM generate_series(1, " + VALUES + ")" + chosen + ") t";
    }

    private interface RowCheck {
        void check(Row row) throws SQLException;
    }

    /** A row of a query whose first column is a value's text. */
    private record Row(ResultSet result) {

        @Nullable
        String text(int column) throws SQLException {
            return result.getString(column);
        }

        byte[] bytes() throws SQLException {
            return result.getString(1).getBytes(StandardCharsets.UTF_8);
        }

        <T> T read(Seeded.Reader<T> reader) throws SQLException {
            return Seeded.read(reader, result.getString(1));
        }

        /** A column of up to 16 hexadecimal digits: what a type's send function gives. */
        long bits(int column) throws SQLException {
            return Long.parseUnsignedLong(result.getString(column), 16);
        }
    }

    private void eachRow(String query, RowCheck check) throws SQLException {
        eachRow(query, null, check);
    }

    private void eachRow(String query, @Nullable String parameter, RowCheck check) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            if (parameter != null) {
                statement.setString(1, parameter);
            }
            int rows = 0;
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    check.check(new Row(result));
                    rows++;
                }
            }
            assertThat(rows).isPositive();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
