package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every type of PostgreSQL without extensions, through the worker into another database: each value once by the snapshot,
 * once by a streamed INSERT and once by an UPDATE of a row that held another value.
 */
class ReplicationTypesIT {

    private static final String ODD_TEXT =
            "E'it''s \"quoted\" \\\\ back\\nnew\\tline {a,b} NULL (x) \u00e4\u00f6\u20ac \ud83d\ude80'";

    /** A type, and values of it in SQL. */
    private record Type(String sql, String... values) {

        /** Every row of a table has a value; types with fewer than others repeat theirs. */
        String value(int row) {
            return values[row % values.length];
        }

        boolean isNullable() {
            return !sql.equals("code");
        }
    }

    /** How many types share a table, as columns c0, c1 and so on. */
    private static final int COLUMNS = 12;

    private static final List<Type> TYPES = List.of(
            new Type("boolean", "true", "false"),
            new Type("smallint", "-32768", "32767", "0"),
            new Type("integer", "-2147483648", "2147483647"),
            new Type("bigint", "-9223372036854775808", "9223372036854775807", "9007199254740993"),
            new Type("real", "1.5", "3.4028235e38", "1e-45", "16777217"),
            new Type("double precision", "0.1", "1.7976931348623157e308", "5e-324"),
            new Type(
                    "numeric",
                    "0",
                    "'NaN'",
                    "'Infinity'",
                    "'-Infinity'",
                    "1.500",
                    "-0.00000000000000000000000000001",
                    "repeat('9', 900)::numeric",
                    "1e500"),
            new Type("numeric(12,2)", "0", "-1.5", "9999999999.99", "'NaN'"),
            new Type("numeric(3,-2)", "12300"),
            new Type("money", "'0'", "'-1234.56'", "'92233720368547758.07'", "'-92233720368547758.08'"),
            new Type("oid", "0", "4294967295"),
            new Type("text", "''", ODD_TEXT, "repeat('x', 100000)", "'NULL'"),
            new Type("varchar(20)", "''", "'\u00e4bc'", "' x '"),
            new Type("varchar", "'no limit'"),
            new Type("char(5)", "''", "'ab'", "'\u00e4bcde'"),
            new Type("\"char\"", "'x'", "''"),
            new Type("name", "'a name'", "''"),
            new Type("bytea", "''", "'\\x00ff7f80'", "decode(repeat('00ff', 50000), 'hex')"),
            new Type("bit", "B'0'", "B'1'"),
            new Type("bit(3)", "B'001'", "B'100'", "B'000'"),
            new Type("bit(64)", "B'" + "10".repeat(32) + "'", "B'" + "0".repeat(63) + "1'"),
            new Type("varbit", "B'1'", "B'101'", "B'1" + "0".repeat(70) + "'"),
            new Type("varbit(9)", "B'1'", "B'100000001'"),
            new Type(
                    "date",
                    "'infinity'",
                    "'-infinity'",
                    "'0001-01-01'",
                    "'0044-03-15 BC'",
                    "'4714-11-24 BC'",
                    "'5874897-12-31'",
                    "'1582-10-10'",
                    "'1969-12-31'"),
            new Type("time", "'00:00'", "'24:00:00'", "'23:59:59.999999'", "'12:34:56.1'"),
            new Type("time(3)", "'24:00:00'", "'23:59:59.999'"),
            new Type("time(0)", "'12:34:56'"),
            new Type(
                    "timestamp",
                    "'infinity'",
                    "'-infinity'",
                    "'4714-11-24 00:00:00 BC'",
                    "'0044-03-15 12:00:00.000001 BC'",
                    "'294246-12-31 23:59:59.999999'",
                    "'1969-12-31 23:59:59.999999'",
                    "'12345-06-07 08:09:10'"),
            new Type(
                    "timestamp(3)",
                    "'infinity'",
                    "'-infinity'",
                    "'1969-12-31 23:59:59.999'",
                    "'4714-11-24 00:00:00 BC'"),
            new Type("timestamp(0)", "'2024-02-29 23:59:59'"),
            new Type(
                    "timestamptz",
                    "'infinity'",
                    "'-infinity'",
                    "'4714-11-24 00:00:00+00 BC'",
                    "'0001-12-31 23:59:59.999999+00 BC'",
                    "'294246-12-31 23:59:59.999999+00'",
                    "'2024-06-01 12:00:00.5+05:45'",
                    "'12345-06-07 08:09:10+00'"),
            new Type("timestamptz(2)", "'2024-06-01 12:00:00.25-11'"),
            new Type(
                    "interval",
                    "'0'",
                    "'1 year -2 mons 3 days -04:05:06.789'",
                    "'-178000000 years'",
                    "'178956970 years 7 mons 2147483647 days'",
                    "'2562047788:00:54.775807'",
                    "'-00:00:00.000001'"),
            new Type("interval day to second(2)", "'1 day 02:03:04.05'"),
            new Type("hstore", "''", "'a=>1, b=>NULL, \"c \\\"q\"=>\"\u00e4 \\\\\"'", "hstore('k', E'a\\nb\\t')"),
            new Type("hstore[]", "ARRAY['a=>1'::hstore, NULL]"),
            new Type("ltree[]", "'{a.b,NULL}'"),
            new Type("tsvector[]", "ARRAY['a b'::tsvector, NULL]"),
            new Type("polygon[]", "'{\"((0,0),(1,0),(1,1))\"}'"),
            new Type("uuid", "'00000000-0000-0000-0000-000000000000'", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
            new Type("json", "'null'", "'{\"b\": 1,  \"a\": [1e400, \"\\u00e4 \\\"\"]}'", "'\"text\"'"),
            new Type("jsonb", "'null'", "'{\"b\": 1, \"a\": [12345678901234567890.1234567890]}'", "'[]'"),
            new Type("xml", "'<a b=\"c\">&lt;\u00e4</a>'", "''"),
            new Type("inet", "'10.0.0.1/8'", "'::1'", "'192.168.0.1'"),
            new Type("cidr", "'10.0.0.0/8'", "'2001:db8::/32'"),
            new Type("macaddr", "'08:00:2b:01:02:03'"),
            new Type("macaddr8", "'08:00:2b:01:02:03:04:05'"),
            new Type("point", "'(1.5,-2)'", "'(0,0)'", "'(1e300,-1e-300)'"),
            new Type("line", "'{1,-2,3.5}'"),
            new Type("lseg", "'[(1,2),(3,4)]'"),
            new Type("box", "'(3,4),(1,2)'", "'(0,0),(0,0)'"),
            new Type("path", "'[(1,2),(3,4),(5,6)]'", "'((1,2),(3,4))'", "'[(1,2)]'"),
            new Type("polygon", "'((0,0),(1,0),(1,1))'", "'((1,2))'"),
            new Type("circle", "'<(1,2),3.5>'", "'<(0,0),0>'"),
            new Type("int4range", "'[1,5)'", "'empty'", "'(,)'", "'[1,)'"),
            new Type("int8range", "'[1,5)'"),
            new Type("numrange", "'(1.50,2.5]'"),
            new Type("tsrange", "'[2024-01-01 10:00,infinity)'"),
            new Type("tstzrange", "'[2024-01-01 10:00+02,)'"),
            new Type("daterange", "'[2024-01-01,2024-02-01)'"),
            new Type("int4multirange", "'{[1,3),[5,9)}'", "'{}'"),
            new Type("tstzmultirange", "'{[2024-01-01 10:00+00,2024-01-02 10:00+00)}'"),
            new Type("tsvector", "'''it''''s'':3A \\u00e4:1,2'", "''"),
            new Type("tsquery", "'a & !b | c:*'"),
            new Type("pg_lsn", "'FFFFFFFF/FFFFFFFF'", "'0/0'"),
            new Type("pg_snapshot", "'10:20:10,14,15'"),
            new Type("xid8", "'18446744073709551615'"),
            new Type("tid", "'(0,1)'"),
            new Type("jsonpath", "'$.a[*] ? (@ > 1)'"),
            new Type("mood", "'sad'", "'it''s ok'", "'\u00fcber'"),
            new Type("mood[]", "'{sad,NULL,\"it''s ok\"}'", "'{}'"),
            new Type("\"Mixed Case\"", "'A'", "'b c'"),
            new Type("pair", "'(1,a)'", "'(,)'", "'(2,\"q\"\"uo,te\\\\\")'"),
            new Type("pair[]", "'{\"(1,a)\",\"(2,b)\"}'"),
            new Type("positive", "1", "2147483647"),
            new Type("code", "'AB'"),
            new Type("amount", "12.30"),
            new Type("day", "'infinity'", "'2024-02-29'"),
            new Type("moment", "'2024-01-01 10:00+02'"),
            new Type("moods", "'{sad}'"),
            new Type("floatrange", "'[1.5,2.5)'"),
            new Type("boolean[]", "'{t,f,NULL}'", "'{}'"),
            new Type("smallint[]", "'{-32768,NULL,32767}'"),
            new Type("integer[]", "'{1,NULL,-2}'", "'{}'"),
            new Type("bigint[]", "'{9223372036854775807,NULL}'"),
            new Type("oid[]", "'{4294967295}'"),
            new Type("real[]", "'{1.5,NULL}'"),
            new Type("double precision[]", "'{1.5e300,NULL}'"),
            new Type("numeric[]", "'{1.50,NaN,Infinity,NULL}'", "'{}'"),
            new Type("numeric(10,2)[]", "'{1.5}'"),
            new Type("text[]", "ARRAY['', NULL, 'NULL', " + ODD_TEXT + "]", "'{}'"),
            new Type("varchar(10)[]", "'{\"\",\"a,b\",NULL}'"),
            new Type("char(3)[]", "'{a,abc}'"),
            new Type("bytea[]", "'{\"\\\\x00ff\",NULL,\"\\\\x\"}'"),
            new Type("date[]", "'{infinity,0044-03-15 BC,NULL,2024-01-01}'"),
            new Type("time[]", "'{24:00:00,NULL,12:34:56.123456}'"),
            new Type("timestamp[]", "'{infinity,NULL,2024-01-01 10:00:00.000001}'"),
            new Type("timestamp(3)[]", "'{-infinity,2024-01-01 10:00:00.001}'"),
            new Type("timestamptz[]", "'{infinity,NULL,2024-01-01 10:00:00+02}'"),
            new Type("uuid[]", "'{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,NULL}'"),
            new Type("json[]", "ARRAY['{\"a\": \"b,c\"}', NULL]::json[]"),
            new Type("jsonb[]", "ARRAY['{\"a\": \"\\\\\"}', 'null']::jsonb[]"),
            new Type("inet[]", "'{10.0.0.1/8,NULL}'"),
            new Type("cidr[]", "'{10.0.0.0/8}'"),
            new Type("macaddr[]", "'{08:00:2b:01:02:03}'"),
            new Type("int4range[]", "'{\"[1,5)\",empty}'"),
            new Type("tstzrange[]", "'{\"[2024-01-01 10:00+02,)\"}'"),
            new Type("interval[]", "'{\"1 day\",NULL}'"),
            new Type("money[]", "'{1.50}'"),
            new Type("point[]", "'{\"(1,2)\",NULL}'"),
            new Type("box[]", "'{(3,4),(1,2);(5,6),(0,0)}'"),
            new Type("bit(3)[]", "'{001,100}'"),
            new Type("name[]", "'{a}'"),
            new Type("xml[]", "'{<a/>}'"));

    private static final String DEFINITIONS =
            """
            CREATE TYPE mood AS ENUM ('sad', 'it''s ok', '\u00fcber');
            CREATE TYPE "Mixed Case" AS ENUM ('A', 'b c');
            CREATE TYPE pair AS (a int, b text);
            CREATE TYPE floatrange AS RANGE (subtype = float8);
            CREATE DOMAIN positive AS integer CHECK (VALUE > 0);
            CREATE DOMAIN code AS varchar(2) NOT NULL DEFAULT 'ZZ';
            CREATE DOMAIN amount AS numeric(12,2);
            CREATE DOMAIN day AS date;
            CREATE DOMAIN moment AS timestamptz;
            CREATE DOMAIN moods AS mood[];
            """;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static TestDatabase source;
    private static TestDatabase target;
    private Replication replication;

    @BeforeAll
    static void start() {
        source = TestPostgres.source().createDatabase();
        target = TestPostgres.source().createDatabase();
        for (TestDatabase database : List.of(source, target)) {
            database.execute("CREATE EXTENSION hstore", "CREATE EXTENSION ltree");
        }
        source.execute(DEFINITIONS);
    }

    @AfterAll
    static void stop() {
        source.close();
        target.close();
    }

    @AfterEach
    void stopReplication() {
        if (replication != null) {
            replication.close();
            for (TestDatabase database : List.of(source, target)) {
                database.execute("DO $$ BEGIN EXECUTE (SELECT 'DROP TABLE ' || string_agg(format('%I', relname), ', ')"
                        + " FROM pg_class WHERE relkind = 'r' AND relname ~ '^t[z0-9]+$'); END $$");
            }
        }
    }

    /** Every mode of every family of types, in combinations that share a run. */
    @ParameterizedTest
    @CsvSource({
        "adaptive, numeric, bytes, json, precise",
        "nanoseconds, string, base64-url-safe, map, double",
        "connect, string, base64, json, string",
        "isostring, numeric, hex, map, precise",
        "structured, numeric, base64, json, precise",
    })
    void everyValueOfEveryType(String times, String intervals, String binaries, String hstores, String decimals) {
        List<String> snapshot = new ArrayList<>();
        List<String> inserts = new ArrayList<>();
        List<String> updates = new ArrayList<>();
        for (int t = 0; t * COLUMNS < TYPES.size(); t++) {
            List<Type> types = typesOf("t" + t);
            snapshot.add("CREATE TABLE t%d (id int PRIMARY KEY, %s)"
                    .formatted(t, columns(types, (c, type) -> "c" + c + " " + type.sql())));
            String others = columns(types, (c, type) -> type.isNullable() ? "NULL" : "'ZY'");
            int rows =
                    types.stream().mapToInt(type -> type.values().length).max().orElseThrow();
            for (int r = 0; r < rows; r++) {
                int row = r;
                String values = columns(types, (c, type) -> type.value(row));
                String insert = "INSERT INTO t%d VALUES (%d, %s), (%d, %s)";
                snapshot.add(insert.formatted(t, r, values, 1000 + r, others));
                inserts.add(insert.formatted(t, 100 + r, values, 2000 + r, others));
                updates.add("UPDATE t%d SET %s WHERE id IN (%d, %d)"
                        .formatted(
                                t, columns(types, (c, type) -> "c" + c + " = " + type.value(row)), 1000 + r, 2000 + r));
            }
            snapshot.add("INSERT INTO t%d VALUES (-1, %s)".formatted(t, others));
            inserts.add("INSERT INTO t%d VALUES (-2, %s)".formatted(t, others));
            updates.add("UPDATE t%d SET %s WHERE id = 100"
                    .formatted(t, columns(types, (c, type) -> "c" + c + (type.isNullable() ? " = NULL" : " = 'ZY'"))));
        }
        source.execute(snapshot.toArray(String[]::new));
        source.execute("CREATE TABLE tz (id int PRIMARY KEY, v timetz, vs timetz[])");
        source.execute("INSERT INTO tz VALUES (1, '12:34:56.5+05:45', '{23:59:59.999999-11,NULL}'), (2, NULL, '{}')");

        replication = new Replication(TestConnect.shared(), source, target)
                .withSource("table.include.list", "public\\.t[z0-9]+")
                .withSource("time.precision.mode", times)
                .withSource("interval.handling.mode", intervals)
                .withSource("binary.handling.mode", binaries)
                .withSource("hstore.handling.mode", hstores)
                .withSource("decimal.handling.mode", decimals)
                .start();
        List<String> different = differences();
        assertThat(different).as("by the snapshot").isEmpty();
        source.execute(inserts.toArray(String[]::new));
        source.execute("INSERT INTO tz VALUES (3, '00:00:00-15:59', '{00:00+00}')");
        assertThat(differences()).as("by inserts").isEmpty();
        source.execute(updates.toArray(String[]::new));
        source.execute("UPDATE tz SET v = '01:02:03.000001+14', vs = NULL");
        assertThat(differences()).as("by updates").isEmpty();
        replication.awaitEqual("tz");
    }

    @Test
    void valuesThatTheEventFormatCannotExpress() {
        source.execute(
                """
                CREATE TABLE odd (id int PRIMARY KEY, grid int[], bounds int[], words text[], bits varbit, none varbit,
                    flag varbit(1), at timetz, f float4, d float8, ds float8[], ats timetz[], spot point, ring circle,
                    ruler line, n int)""",
                """
                INSERT INTO odd VALUES
                    (1, '{{1,2},{3,4}}', '[5:6]={1,2}', '{{"a \\" ,b",NULL},{"\\\\","\u00e4"}}', B'00101', B'', B'',
                     '24:00:00+00', 'NaN', '-Infinity', '{NaN,NULL,Infinity}', '{24:00:00-05}', '(NaN,1)', '<(-0,1),2>',
                     '{0,-1,Infinity}'),
                    (2, NULL, NULL, NULL, B'000', B'0', B'1', '12:00:00+05:45', '-0', '-0', '{{-0,1}}', NULL, '(-0,1)',
                     NULL, NULL)""");
        try (Replication odd = new Replication(TestConnect.shared(), source, target)
                .withSource("table.include.list", "public.odd")
                .start()) {
            odd.awaitEqual("odd");

            source.execute(
                    "INSERT INTO odd SELECT id + 10, grid, bounds, words, bits, none, flag, at, f, d, ds, ats, spot,"
                            + " ring, ruler, n FROM odd");
            source.execute("UPDATE odd SET n = 1, bits = B'0' || bits, f = -f");
            source.execute("UPDATE odd SET id = id + 100 WHERE id > 10");
            odd.awaitEqual("odd");
            assertThat(target.query("SELECT f, d, bits FROM odd WHERE id = 1"))
                    .containsExactly(List.of("NaN", "-Infinity", "000101"));
        }
    }

    @Test
    void onlyRecordsThatLoseSomethingHaveAHeader() {
        source.execute(
                "CREATE TABLE mixed (id int PRIMARY KEY, d float8, a int[])",
                "INSERT INTO mixed VALUES (1, 1, '{1}'), (2, 'NaN', '{1}'), (3, NULL, NULL)");
        try (Replication mixed = new Replication(TestConnect.shared(), source, target)
                .withSource("table.include.list", "public.mixed")
                .start()) {
            mixed.awaitEqual("mixed");
            source.execute("UPDATE mixed SET d = 2 WHERE id = 2", "UPDATE mixed SET a = '{{7}}' WHERE id = 3");
            mixed.awaitEqual("mixed");

            assertThat(headers(mixed, "mixed"))
                    .containsExactly(
                            List.of(),
                            List.of("__walbrook.exact.values {\"d\":\"NaN\"}"),
                            List.of(),
                            List.of(),
                            List.of("__walbrook.exact.values {\"a\":\"{{7}}\"}"));
        }
    }

    @Test
    void valuesThatAreNotExactInRowsWithoutKey() {
        source.execute(
                "CREATE TABLE loose (grid int[], at timetz, d float8, n int)",
                "ALTER TABLE loose REPLICA IDENTITY FULL",
                "INSERT INTO loose VALUES ('{{1},{2}}', '12:00:00+01', 'NaN', 1), ('{1,2}', '11:00:00+00', '0', 1),"
                        + " ('{{3}}', '24:00:00+00', 'Infinity', 3)");
        try (Replication loose = new Replication(TestConnect.shared(), source, target)
                .withSource("table.include.list", "public.loose")
                .start()) {
            loose.awaitEqual("loose");

            source.execute("UPDATE loose SET n = 4 WHERE d = 'NaN'", "DELETE FROM loose WHERE n = 3");
            loose.awaitEqual("loose");
        }
    }

    @Test
    void numbersAndIntervalsInTheRepresentationsThatRoundThem() {
        source.execute(
                "CREATE TABLE rounded (id int PRIMARY KEY, whole numeric NOT NULL, fixed numeric(12,2), long numeric(30,10),"
                        + " list numeric[], span interval NOT NULL)",
                "INSERT INTO rounded VALUES (1, 'NaN', 'NaN', 12345678901234567890.0123456789, '{NaN,1.50}', '1 mon'),"
                        + " (2, 'Infinity', 1.50, 0.1, '{{1}}', '1 day 24:00:00'),"
                        + " (3, '-Infinity', 0, 1, '{1}', '-1 year 1 day -00:00:00.000001'), (4, 1.500, 1, 1, NULL, '25:00')");
        for (String mode : List.of("precise", "double")) {
            try (Replication rounded = new Replication(TestConnect.shared(), source, target)
                    .withSource("table.include.list", "public.rounded")
                    .withSource("decimal.handling.mode", mode)
                    .withSource("interval.handling.mode", "numeric")
                    .start()) {
                rounded.awaitEqual("rounded");
                source.execute("INSERT INTO rounded SELECT id * 10, whole, fixed, long, list, span FROM rounded");
                rounded.awaitEqual("rounded");
            }
            target.execute("DROP TABLE rounded");
            source.execute("DELETE FROM rounded WHERE id > 9");
        }
    }

    @Test
    void withoutTheSourcesTypesEventsAreWhatDebeziumMakesOfThem() {
        source.execute(
                "CREATE TABLE plain (id int PRIMARY KEY, grid int[], d float8)",
                "INSERT INTO plain VALUES (1, '{{1,2},{3,4}}', 'NaN')");
        try (Replication plain = new Replication(TestConnect.shared(), source, target)
                .withSource("table.include.list", "public.plain")
                .withSource("column.propagate.source.type", "")
                .start()) {
            plain.awaitEqual("plain", "id");

            assertThat(target.query("SELECT grid, d FROM plain")).containsExactly(List.of("{1,2,3,4}", "0"));
            assertThat(headers(plain, "plain")).containsExactly(List.of());
        }
    }

    /** What each record of the table's topic has of Walbrook's own headers: the name, and the payload in JSON. */
    private static List<List<String>> headers(Replication replication, String table) {
        return TestKafka.shared().consumeBytes(replication.topic("public." + table)).stream()
                .map(record -> Stream.of(record.headers().toArray())
                        .filter(header -> header.key().startsWith("__walbrook"))
                        .map(header -> header.key() + " " + payload(header.value()))
                        .toList())
                .toList();
    }

    private static JsonNode payload(byte[] json) {
        try {
            return new ObjectMapper().readTree(json).path("payload");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Type> typesOf(String table) {
        int first = Integer.parseInt(table.substring(1)) * COLUMNS;
        return TYPES.subList(first, Math.min(first + COLUMNS, TYPES.size()));
    }

    private static String columns(List<Type> types, BiFunction<Integer, Type, String> text) {
        return IntStream.range(0, types.size())
                .mapToObj(c -> text.apply(c, types.get(c)))
                .collect(Collectors.joining(", "));
    }

    /** Waits until no table differs; for those that still do after a while, which types differ and how. */
    private List<String> differences() {
        List<String> different = IntStream.range(0, (TYPES.size() + COLUMNS - 1) / COLUMNS)
                .mapToObj(t -> "t" + t)
                .collect(Collectors.toCollection(ArrayList::new));
        try {
            Awaitility.await()
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        different.removeIf(
                                table -> replication.difference(table).isEmpty());
                        return different.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            return different.stream().flatMap(this::differentTypes).toList();
        }
        return List.of();
    }

    private Stream<String> differentTypes(String table) {
        List<Type> types = typesOf(table);
        return IntStream.range(0, types.size())
                .mapToObj(c -> types.get(c).sql() + ": " + replication.difference(table, "id, c" + c))
                .filter(text -> !text.endsWith(": "));
    }
}
