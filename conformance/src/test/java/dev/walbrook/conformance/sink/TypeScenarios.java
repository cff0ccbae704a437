package dev.walbrook.conformance.sink;

import static dev.walbrook.conformance.sink.SinkScenario.scenario;

import dev.walbrook.conformance.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Columns of every type, as both sources write them, with and without the types' names. */
final class TypeScenarios {

    /**
     * A column.
     *
     * @param name its name, without the {@code c_} that it begins with
     * @param sql its type
     * @param first a literal, of the first row
     * @param second another, of rows that come later
     * @param alone whether it has a table of its own, since one sink or the other stops at it
     */
    private record Column(String name, String sql, String first, String second, boolean alone) {}

    private static final List<Column> COLUMNS = List.of(
            together("bool", "boolean", "true", "false"),
            together("int2", "smallint", "7", "-32768"),
            together("int4", "integer", "7", "-2147483648"),
            together("int8", "bigint", "7", "-9223372036854775808"),
            together("real", "real", "1.5", "-0.25"),
            together("double", "double precision", "1.5", "1e300"),
            together("numeric_12_3", "numeric(12,3)", "12.5", "-999999999.999"),
            together("numeric", "numeric", "1.50", "12345678901234567890.123456789"),
            together("money", "money", "'1.50'", "'-1234.56'"),
            together("text", "text", "'it''s'", "''"),
            together("varchar_20", "varchar(20)", "'ab'", "' ä '"),
            together("char_5", "char(5)", "'ab'", "'abcde'"),
            together("bytea", "bytea", "'\\x00ff7f80'", "''"),
            together("date", "date", "'2024-02-29'", "'1969-12-31'"),
            together("time", "time", "'12:34:56.123456'", "'00:00'"),
            together("time_3", "time(3)", "'12:34:56.123'", "'23:59:59.999'"),
            together("timetz", "timetz", "'12:34:56.123456+02'", "'00:00:00Z'"),
            together("timestamp", "timestamp", "'2024-02-29 12:34:56.789012'", "'1969-12-31 23:59:59.999999'"),
            together("timestamp_3", "timestamp(3)", "'2024-02-29 12:34:56.789'", "'1970-01-01 00:00:00'"),
            together("timestamptz", "timestamptz", "'2024-02-29 12:34:56.789012+02'", "'1999-12-31 23:59:59Z'"),
            together("interval", "interval", "'3 days 04:05:06'", "'-00:00:01.5'"),
            together("uuid", "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'00000000-0000-0000-0000-000000000000'"),
            together("json", "json", "'{\"a\": [1, 2]}'", "'null'"),
            together("jsonb", "jsonb", "'{\"a\": [1, 2]}'", "'\"x\"'"),
            together("xml", "xml", "'<a>b</a>'", "'<c/>'"),
            together("bit_1", "bit(1)", "B'1'", "B'0'"),
            together("bit_11", "bit(11)", "B'10000000001'", "B'00000000000'"),
            together("varbit_12", "bit varying(12)", "B'1'", "B'100000001'"),
            together("inet", "inet", "'10.1.2.3/8'", "'::1'"),
            together("cidr", "cidr", "'10.0.0.0/8'", "'192.168.1.0/24'"),
            together("macaddr", "macaddr", "'08:00:2b:01:02:03'", "'ff:ff:ff:ff:ff:ff'"),
            together("int4range", "int4range", "'[1,5)'", "'empty'"),
            together("tstzrange", "tstzrange", "'[2024-01-01 00:00Z,)'", "'empty'"),
            together("int_array", "integer[]", "'{1,NULL,3}'", "'{}'"),
            together("text_array", "text[]", "'{a,\"b, c\",NULL}'", "'{}'"),
            together("oid", "oid", "7", "4294967295"),
            together("mood", "mood", "'sad'", "'happy'"),
            together("positive", "positive", "1", "2"));

    private TypeScenarios() {}

    private static Column together(String name, String sql, String first, String second) {
        return new Column(name, sql, first, second, false);
    }

    private static Column alone(String name, String sql, String first, String second) {
        return new Column(name, sql, first, second, true);
    }

    /** Fills the topics that the scenarios read. */
    static void record() {
        List<String> before = new ArrayList<>();
        before.add("CREATE TYPE mood AS ENUM ('sad', 'happy'); CREATE DOMAIN positive AS integer CHECK (VALUE > 0)");
        StringBuilder changes = new StringBuilder();
        Map<String, Integer> inSnapshot = new TreeMap<>();
        Map<String, Integer> inAll = new TreeMap<>();
        Map<String, List<Column>> tables = new TreeMap<>();
        COLUMNS.forEach(column ->
                tables.computeIfAbsent(table(column), any -> new ArrayList<>()).add(column));
        tables.forEach((table, columns) -> {
            before.add("CREATE TABLE " + table + " (id int PRIMARY KEY, "
                    + columns.stream()
                            .map(column -> "c_" + column.name() + " " + column.sql())
                            .collect(Collectors.joining(", "))
                    + ")");
            String first = columns.stream().map(Column::first).collect(Collectors.joining(", "));
            String second = columns.stream().map(Column::second).collect(Collectors.joining(", "));
            before.add("INSERT INTO " + table + " VALUES (1, " + first + "), (2, " + second + ")");
            before.add("INSERT INTO " + table + " VALUES (3)");
            inSnapshot.put(table, 3);
            changes.append("INSERT INTO " + table + " VALUES (4, " + first + "), (5, " + first + ");");
            changes.append("UPDATE " + table + " SET "
                    + columns.stream()
                            .map(column -> "c_" + column.name() + " = " + column.second())
                            .collect(Collectors.joining(", "))
                    + " WHERE id = 4;");
            changes.append("DELETE FROM " + table + " WHERE id = 5;");
            inAll.put(table, 8);
        });
        before.add("CREATE TABLE toast (id int PRIMARY KEY, big text, n int); ALTER TABLE toast ALTER big SET STORAGE EXTERNAL");
        changes.append("INSERT INTO toast VALUES (1, repeat('x', 9000), 1), (2, 'short', 1);");
        changes.append("UPDATE toast SET n = 2;");
        inAll.put("toast", 4);
        RecordedTopics.record(before, inSnapshot, changes.toString(), inAll);
    }

    private static String table(Column column) {
        return column.alone() ? "alone_" + column.name() : "types";
    }

    static List<SinkScenario> all() {
        List<SinkScenario> all = new ArrayList<>();
        for (Subject source : Subject.values()) {
            for (String profile : List.of("plain", "typed")) {
                String prefix = RecordedTopics.prefix(source, profile);
                all.add(typed(scenario("type/" + prefix, "types from " + source + "'s source, " + profile), prefix)
                        .reading(prefix + ".public.types")
                        .build());
                all.add(typed(scenario("toast/" + prefix, "TOAST from " + source + "'s source, " + profile), prefix)
                        .reading(prefix + ".public.toast")
                        .build());
                for (Column column : COLUMNS) {
                    if (column.alone()) {
                        all.add(typed(scenario("type/" + prefix + "-" + column.name(), column.sql()), prefix)
                                .reading(prefix + ".public." + table(column))
                                .build());
                    }
                }
            }
        }
        return all;
    }

    private static SinkScenario.Builder typed(SinkScenario.Builder builder, String prefix) {
        return builder.mirroring().using("collection.name.format", "${source.table}");
    }
}
