package dev.walbrook.conformance;

import static dev.walbrook.conformance.Profile.DEFAULTS;
import static dev.walbrook.conformance.Profile.DOUBLE;
import static dev.walbrook.conformance.Profile.ISO;
import static dev.walbrook.conformance.Profile.MICROSECONDS;
import static dev.walbrook.conformance.Profile.NANOSECONDS;
import static dev.walbrook.conformance.Profile.PROPAGATED;
import static dev.walbrook.conformance.Profile.STRING;
import static dev.walbrook.conformance.Profile.STRUCTURED;
import static dev.walbrook.conformance.Scenario.scenario;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Every type in every mode that changes how it looks: nulls, defaults, extremes, by snapshot and by stream. */
final class TypeScenarios {

    private static final Profile[] ALWAYS = {DEFAULTS, PROPAGATED};
    private static final Profile[] DECIMAL = {DEFAULTS, DOUBLE, STRING, PROPAGATED};
    private static final Profile[] TIME = {
        DEFAULTS, DOUBLE, STRING, ISO, MICROSECONDS, NANOSECONDS, STRUCTURED, PROPAGATED
    };
    private static final Profile[] BINARY = {DEFAULTS, DOUBLE, STRING, ISO};
    /** One connector or the other fails, so these do not share connectors. */
    private static final Profile[] ALONE = {DEFAULTS};

    private static final Profile[] UNKNOWN = {DEFAULTS, PROPAGATED, ISO};

    /**
     * @param profiles where it may look different
     * @param definition SQL that makes the type; empty if it is there
     * @param row the type as the page names it
     * @param sql the type as a column has it
     * @param literals values; the first is also the column's default
     */
    private record Type(Profile[] profiles, String definition, String row, String sql, String... literals) {}

    private static final List<Type> TYPES = List.of(
            type(ALWAYS, "boolean", "true", "false"),
            type(ALWAYS, "bit(1)", "B'1'", "B'0'"),
            type(ALWAYS, "bit(11)", "B'10000000001'", "B'00000000000'", "B'11111111111'"),
            type(ALWAYS, "bit varying(1)", "B'1'", "B'0'", "B''"),
            type(ALWAYS, "bit varying(12)", "B'1'", "B'100000001'", "B''"),
            type(ALWAYS, "bit varying", "B'101'", "B'1" + "0".repeat(70) + "'"),
            type(ALWAYS, "smallint", "7", "-32768", "32767"),
            type(ALWAYS, "integer", "7", "-2147483648", "2147483647"),
            type(ALWAYS, "bigint", "7", "-9223372036854775808", "9223372036854775807"),
            type(ALWAYS, "oid", "7", "0", "4294967295"),
            type(ALWAYS, "real", "1.5", "0", "'-0'", "3.4028235e38", "1e-45", "'NaN'", "'Infinity'", "'-Infinity'"),
            type(
                    ALWAYS,
                    "double precision",
                    "1.5",
                    "0",
                    "'-0'",
                    "1.7976931348623157e308",
                    "5e-324",
                    "'NaN'",
                    "'Infinity'",
                    "'-Infinity'"),
            type(DECIMAL, "numeric(10,2)", "1.5", "0", "-99999999.99", "99999999.99"),
            type(DECIMAL, "numeric(5)", "12345", "0", "-99999"),
            type(DECIMAL, "numeric(3,-2)", "12300", "0", "-99900"),
            type(DECIMAL, "numeric(2,4)", "0.0099", "0", "-0.0001"),
            type(
                    DECIMAL,
                    "numeric",
                    "1.50",
                    "0",
                    "0.000",
                    "1000",
                    "1e30",
                    "-0.00000000000000000000000000001",
                    "repeat('9', 300)::numeric"),
            named(DECIMAL, "", "numeric: NaN and infinities", "numeric", "1", "'NaN'", "'Infinity'", "'-Infinity'"),
            named(DECIMAL, "", "numeric(p,s): NaN", "numeric(10,2)", "1", "'NaN'"),
            type(DECIMAL, "money", "'1.50'", "'0'", "'-1234.56'", "'92233720368547758.07'", "'-92233720368547758.08'"),
            type(ALWAYS, "char(5)", "'ab'", "''", "'äbcde'"),
            type(ALWAYS, "varchar(20)", "'ab'", "''", "' ä '"),
            type(ALWAYS, "varchar", "'ab'", "''"),
            type(ALWAYS, "text", "'it''s'", "''", "E'tab\\t nl\\n \\\\ \"q\" ä€😀'", "'NULL'", "repeat('long', 50000)"),
            type(ALWAYS, "bpchar", "'ab'", "''"),
            type(ALWAYS, "\"char\"", "'x'", "''"),
            type(ALWAYS, "name", "'a name'", "''"),
            type(BINARY, "bytea", "'\\x00ff7f80'", "''", "'\\xfbefff'", "decode(repeat('00ff', 50000), 'hex')"),
            type(
                    TIME,
                    "date",
                    "'2024-02-29'",
                    "'1969-12-31'",
                    "'0001-01-01'",
                    "'1582-10-04'",
                    "'1582-10-10'",
                    "'1582-10-15'",
                    "'9999-12-31'"),
            named(TIME, "", "date: BC and after 9999", "date", "'10000-01-01'", "'0044-03-15 BC'", "'4714-11-24 BC'"),
            named(TIME, "", "date: infinity", "date", "'2024-01-01'", "'infinity'", "'-infinity'"),
            type(TIME, "time", "'12:34:56.123456'", "'00:00'", "'23:59:59.999999'", "'12:34:56.1'"),
            type(TIME, "time(0)", "'12:34:56'", "'00:00'", "'23:59:59'"),
            type(TIME, "time(3)", "'12:34:56.123'", "'00:00'", "'23:59:59.999'"),
            type(TIME, "time(4)", "'12:34:56.1234'"),
            named(TIME, "", "time: 24:00", "time", "'12:00'", "'24:00:00'"),
            named(TIME, "", "time(3): 24:00", "time(3)", "'12:00'", "'24:00:00'"),
            type(
                    TIME,
                    "time with time zone",
                    "'12:34:56.123456+02'",
                    "'00:00:00Z'",
                    "'23:59:59.999999-11'",
                    "'12:34+05:45'"),
            named(TIME, "", "time with time zone: 24:00", "timetz", "'12:00Z'", "'24:00:00Z'", "'24:00:00-05'"),
            type(
                    TIME,
                    "timestamp",
                    "'2024-02-29 12:34:56.789012'",
                    "'1970-01-01 00:00:00'",
                    "'1969-12-31 23:59:59.999999'",
                    "'1582-10-10 00:00:00'",
                    "'0001-01-01 00:00:00'",
                    "'9999-12-31 23:59:59.999999'"),
            type(TIME, "timestamp(0)", "'2024-02-29 12:34:56'", "'1969-12-31 23:59:59'"),
            type(TIME, "timestamp(3)", "'2024-02-29 12:34:56.789'", "'1969-12-31 23:59:59.999'"),
            type(TIME, "timestamp(5)", "'2024-02-29 12:34:56.78901'"),
            named(
                    TIME,
                    "",
                    "timestamp: BC and after 9999",
                    "timestamp",
                    "'12345-06-07 08:09:10'",
                    "'0044-03-15 12:00:00.000001 BC'",
                    "'4714-11-24 00:00:00 BC'",
                    "'294246-12-31 23:59:59.999999'"),
            named(TIME, "", "timestamp: infinity", "timestamp", "'2024-01-01'", "'infinity'", "'-infinity'"),
            named(TIME, "", "timestamp(3): infinity", "timestamp(3)", "'2024-01-01'", "'infinity'", "'-infinity'"),
            type(
                    TIME,
                    "timestamp with time zone",
                    "'2024-02-29 12:34:56.789012+02'",
                    "'1970-01-01 00:00:00Z'",
                    "'1969-12-31 23:59:59.999999Z'",
                    "'2024-06-01 12:00:00.5+05:45'",
                    "'0001-01-01 00:00:00Z'",
                    "'9999-12-31 23:59:59.999999Z'"),
            type(TIME, "timestamp(3) with time zone", "'2024-02-29 12:34:56.789Z'", "'2024-02-29 12:34:56Z'"),
            named(
                    TIME,
                    "",
                    "timestamp with time zone: BC and after 9999",
                    "timestamptz",
                    "'12345-06-07 08:09:10Z'",
                    "'0044-03-15 12:00:00.000001Z BC'",
                    "'4714-11-24 00:00:00Z BC'",
                    "'294246-12-31 23:59:59.999999Z'"),
            named(
                    ALONE,
                    "",
                    "timestamp with time zone: the last",
                    "timestamptz",
                    "'2024-01-01Z'",
                    "'294276-12-31 23:59:59.999999Z'"),
            named(
                    TIME,
                    "",
                    "timestamp with time zone: infinity",
                    "timestamptz",
                    "'2024-01-01Z'",
                    "'infinity'",
                    "'-infinity'"),
            type(
                    TIME,
                    "interval",
                    "'1 year -2 mons 3 days -04:05:06.789'",
                    "'0'",
                    "'-00:00:00.000001'",
                    "'1 mon'",
                    "'100 years'",
                    "'36:00:00'"),
            type(TIME, "interval day to second(2)", "'1 day 02:03:04.05'"),
            named(
                    ALONE,
                    "",
                    "interval: extremes",
                    "interval",
                    "'1 day'",
                    "'-178000000 years'",
                    "'178956970 years 7 mons 2147483647 days'",
                    "'2562047788:00:54.775807'"),
            named(TIME, "", "interval: infinity", "interval", "'1 day'", "'infinity'", "'-infinity'"),
            type(ALWAYS, "json", "'{\"b\": 1,  \"a\": [1e400]}'", "'null'", "'\"ä\"'"),
            type(ALWAYS, "jsonb", "'{\"b\": 1, \"a\": [1.10]}'", "'null'", "'[]'"),
            type(ALWAYS, "xml", "'<a b=\"c\">&lt;ä</a>'", "''"),
            type(ALWAYS, "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'00000000-0000-0000-0000-000000000000'"),
            type(ALWAYS, "inet", "'10.0.0.1/8'", "'192.168.0.1'", "'::1'"),
            type(ALWAYS, "cidr", "'10.0.0.0/8'", "'2001:db8::/32'"),
            type(ALWAYS, "macaddr", "'08:00:2b:01:02:03'"),
            type(ALWAYS, "macaddr8", "'08:00:2b:01:02:03:04:05'"),
            type(ALWAYS, "int4range", "'[1,5)'", "'empty'", "'(,)'"),
            type(ALWAYS, "int8range", "'[1,5)'", "'[1,)'"),
            type(ALWAYS, "numrange", "'(1.50,2.5]'"),
            type(ALWAYS, "tsrange", "'[2024-01-01 10:00,infinity)'"),
            type(ALWAYS, "tstzrange", "'[2024-01-01 10:00+02,)'"),
            type(ALWAYS, "daterange", "'[2024-01-01,2024-02-01)'"),
            type(UNKNOWN, "int4multirange", "'{[1,3),[5,9)}'", "'{}'"),
            type(UNKNOWN, "tstzmultirange", "'{[2024-01-01 10:00+00,2024-01-02 10:00+00)}'"),
            type(ALWAYS, "tsvector", "'''it''''s'':3A a:1,2'", "''"),
            type(UNKNOWN, "tsquery", "'a & !b | c:*'"),
            type(UNKNOWN, "pg_lsn", "'FFFFFFFF/FFFFFFFF'", "'0/0'"),
            type(UNKNOWN, "pg_snapshot", "'10:20:10,14,15'"),
            type(UNKNOWN, "xid", "'7'"),
            type(UNKNOWN, "xid8", "'18446744073709551615'"),
            type(UNKNOWN, "tid", "'(0,1)'"),
            type(UNKNOWN, "jsonpath", "'$.\"a\"[*]?(@ > 1)'"),
            type(ALONE, "refcursor", "'c'"),
            type(UNKNOWN, "regclass", "'pg_class'"),
            type(UNKNOWN, "int2vector", "'1 2'"),
            type(ALWAYS, "point", "'(1.5,-2)'", "'(0,0)'", "'(1e300,-1e-300)'"),
            type(ALWAYS, "line", "'{1,-2,3.5}'"),
            type(ALWAYS, "lseg", "'[(1,2),(3,4)]'"),
            type(ALWAYS, "box", "'(3,4),(1,2)'", "'(0,0),(0,0)'"),
            type(ALWAYS, "path", "'[(1,2),(3,4),(5,6)]'", "'((1,2),(3,4))'", "'[(1,2)]'"),
            type(ALWAYS, "polygon", "'((0,0),(1,0),(1,1))'", "'((1,2))'"),
            type(ALWAYS, "circle", "'<(1,2),3.5>'", "'<(0,0),0>'"),
            named(
                    ALWAYS,
                    "CREATE TYPE mood AS ENUM ('sad', 'it''s ok', 'über')",
                    "enum",
                    "mood",
                    "'sad'",
                    "'it''s ok'",
                    "'über'"),
            named(ALONE, "CREATE TYPE mood AS ENUM ('sad', 'ok')", "enum[]", "mood[]", "'{sad,NULL,ok}'", "'{}'"),
            named(
                    ALWAYS,
                    "CREATE TYPE \"Mixed Case\" AS ENUM ('A', 'b c')",
                    "enum of a quoted name",
                    "\"Mixed Case\"",
                    "'A'",
                    "'b c'"),
            named(
                    UNKNOWN,
                    "CREATE TYPE pair AS (a int, b text)",
                    "composite",
                    "pair",
                    "'(1,a)'",
                    "'(,)'",
                    "'(2,\"q\"\"uo,te\")'"),
            named(
                    UNKNOWN,
                    "CREATE TYPE floatrange AS RANGE (subtype = float8)",
                    "range of one's own",
                    "floatrange",
                    "'[1.5,2.5)'"),
            named(
                    ALWAYS,
                    "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
                    "domain over integer",
                    "positive",
                    "7",
                    "2147483647"),
            named(ALWAYS, "CREATE DOMAIN code AS varchar(2)", "domain over varchar(n)", "code", "'AB'", "''"),
            named(DECIMAL, "CREATE DOMAIN amount AS numeric(12,2)", "domain over numeric", "amount", "12.30", "0"),
            named(
                    ALWAYS,
                    "CREATE DOMAIN a AS numeric(12,2); CREATE DOMAIN amount AS a",
                    "domain over a domain",
                    "amount",
                    "12.30"),
            named(ALWAYS, "CREATE DOMAIN moment AS timestamptz", "domain over timestamptz", "moment", "'2024-01-01Z'"),
            named(
                    ALWAYS,
                    "CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN feeling AS mood",
                    "domain over enum",
                    "feeling",
                    "'sad'"),
            named(UNKNOWN, "CREATE DOMAIN words AS text[]", "domain over array", "words", "'{a,b}'"),
            type(ALWAYS, "boolean[]", "'{t,f,NULL}'", "'{}'"),
            type(ALWAYS, "smallint[]", "'{-32768,NULL,32767}'", "'{}'"),
            type(ALWAYS, "integer[]", "'{1,NULL,-2}'", "'{}'", "'{{1,2},{3,4}}'", "'[5:6]={1,2}'"),
            type(ALWAYS, "bigint[]", "'{9223372036854775807,NULL}'", "'{}'"),
            type(ALWAYS, "oid[]", "'{4294967295,NULL}'"),
            type(ALWAYS, "real[]", "'{1.5,NULL}'", "'{NaN,Infinity,-0}'"),
            type(ALWAYS, "double precision[]", "'{1.5e300,NULL}'", "'{NaN,Infinity,-0}'"),
            type(DECIMAL, "numeric[]", "'{1.50,NULL}'", "'{}'"),
            type(DECIMAL, "numeric(10,2)[]", "'{1.5,NULL}'", "'{}'"),
            type(ALWAYS, "text[]", "ARRAY['', NULL, 'NULL', E'q\"\\\\ ,{}']", "'{}'", "'{{a,b},{c,d}}'"),
            type(ALWAYS, "varchar(10)[]", "'{\"\",\"a,b\",NULL}'"),
            type(ALWAYS, "char(3)[]", "'{a,abc}'"),
            type(BINARY, "bytea[]", "'{\"\\\\x00ff\",NULL,\"\\\\x\"}'"),
            type(TIME, "date[]", "'{2024-01-01,NULL}'", "'{0044-03-15 BC}'"),
            type(TIME, "time[]", "'{12:34:56.123456,NULL}'", "'{24:00:00}'"),
            type(TIME, "time with time zone[]", "'{12:34:56.123456+02,NULL}'"),
            type(TIME, "timestamp[]", "'{2024-01-01 10:00:00.000001,NULL}'", "'{infinity}'"),
            type(TIME, "timestamp(3)[]", "'{2024-01-01 10:00:00.001,NULL}'"),
            type(TIME, "timestamp with time zone[]", "'{2024-01-01 10:00:00+02,NULL}'", "'{infinity}'"),
            type(UNKNOWN, "interval[]", "'{1 day,NULL}'"),
            type(UNKNOWN, "money[]", "'{1.50,NULL}'"),
            type(ALWAYS, "uuid[]", "'{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11,NULL}'"),
            type(ALWAYS, "json[]", "ARRAY['{\"a\": \"b,c\"}', NULL]::json[]"),
            type(ALWAYS, "jsonb[]", "ARRAY['{\"a\": \"q\"}', 'null']::jsonb[]"),
            type(UNKNOWN, "xml[]", "'{<a/>}'"),
            type(ALWAYS, "inet[]", "'{10.0.0.1/8,NULL}'"),
            type(ALWAYS, "cidr[]", "'{10.0.0.0/8}'"),
            type(ALWAYS, "macaddr[]", "'{08:00:2b:01:02:03}'"),
            type(ALWAYS, "int4range[]", "'{\"[1,5)\",empty}'"),
            type(ALWAYS, "tstzrange[]", "'{\"[2024-01-01 10:00+02,)\"}'"),
            type(UNKNOWN, "bit(3)[]", "'{001,100}'"),
            type(UNKNOWN, "name[]", "'{a}'"),
            type(UNKNOWN, "point[]", "'{\"(1,2)\",NULL}'"),
            extension(ALWAYS, "citext", "citext", "'Case'", "''"),
            extension(ALWAYS, "citext", "citext[]", "'{Case,NULL}'"),
            extension(BINARY, "hstore", "hstore", "'a=>1, \"b c\"=>NULL'", "''", "'q=>\"\\\"x\\\\\"'"),
            extension(BINARY, "hstore", "hstore[]", "ARRAY['a=>1'::hstore, NULL]"),
            extension(ALWAYS, "ltree", "ltree", "'Top.Science'", "''"),
            extension(ALONE, "ltree", "ltree[]", "'{Top.Science,NULL}'"),
            extension(UNKNOWN, "ltree", "lquery", "'Top.*{1,2}'"),
            extension(ALWAYS, "isn", "isbn", "'0-306-40615-2'"),
            extension(UNKNOWN, "isn", "ean13", "'9780306406157'"),
            extension(UNKNOWN, "cube", "cube", "'(1,2),(3,4)'"),
            extension(UNKNOWN, "seg", "seg", "'1.0 .. 2.0'"),
            extension(UNKNOWN, "lo", "lo", "7"));

    private TypeScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (Type type : TYPES) {
            for (Profile profile : type.profiles()) {
                all.add(build(type, profile));
            }
        }
        return all;
    }

    /** The types as the page names them. */
    static Set<String> rows() {
        return TYPES.stream().map(Type::row).collect(Collectors.toSet());
    }

    private static Type type(Profile[] profiles, String sql, String... literals) {
        return new Type(profiles, "", sql, sql, literals);
    }

    private static Type named(Profile[] profiles, String definition, String row, String sql, String... literals) {
        return new Type(profiles, definition, row, sql, literals);
    }

    private static Type extension(Profile[] profiles, String name, String sql, String... literals) {
        return new Type(profiles, "CREATE EXTENSION IF NOT EXISTS " + name + " SCHEMA public", sql, sql, literals);
    }

    private static Scenario build(Type type, Profile profile) {
        String id = "type-"
                + type.row()
                        .replace("[]", "-array")
                        .replaceAll("[^A-Za-z0-9-]+", "-")
                        .replaceAll("-$", "") + "/" + profile.name();
        String first = type.literals()[0];
        Scenario.Builder scenario = scenario(id, type.row()).covers(type.row());
        if (type.profiles() != ALONE) {
            scenario.sharing(profile.name());
        }
        profile.configuration().forEach(scenario::with);
        TypeDifferences.declare(id, scenario);
        if (!type.definition().isEmpty()) {
            scenario.before(type.definition());
        }
        String insert = Arrays.stream(type.literals())
                .map(literal -> "INSERT INTO t (v) VALUES (" + literal + "); ")
                .collect(Collectors.joining("", "", "INSERT INTO t (v) VALUES (NULL)"));
        // A required column of a type that is not known makes Debezium fail; that is a scenario of its own.
        String required = type.profiles() == UNKNOWN ? "" : ", r %1$s NOT NULL DEFAULT %2$s";
        return scenario.before(
                        ("CREATE TABLE t (id serial PRIMARY KEY, v %1$s, d %1$s DEFAULT %2$s" + required + ")")
                                .formatted(type.sql(), first),
                        insert)
                .transaction(insert)
                .transaction(
                        "UPDATE t SET v = NULL WHERE id = 1",
                        "UPDATE t SET v = " + first + " WHERE v IS NULL",
                        "DELETE FROM t WHERE id = 1")
                .build();
    }
}
