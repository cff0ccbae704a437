package dev.walbrook.conformance.sink;

import dev.walbrook.conformance.Difference;
import dev.walbrook.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one schema, line by line: a place such as {@code orders.id type} or {@code orders[0].id}, and what is there.
 *
 * @param lines by place
 */
record Tables(Map<String, String> lines) {

    private static final String NONE = "-";

    /** Our own bookkeeping, beside the user's tables. */
    private static final String OFFSETS = "walbrook_sink_offsets";

    private static final String COLUMNS =
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                   coalesce(pg_get_expr(d.adbin, d.adrelid), 'none'),
                   coalesce((SELECT array_position(i.indkey::int2[], a.attnum)::text FROM pg_index i
                              WHERE i.indrelid = c.oid AND i.indisprimary), 'none')
              FROM pg_class c
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
             WHERE c.relnamespace = '%s'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> '%s'
             ORDER BY c.relname, a.attname""";

    static Tables read(TestDatabase database, String schema) {
        Map<String, String> lines = new TreeMap<>();
        Map<String, List<String>> columns = new LinkedHashMap<>();
        for (List<@Nullable String> row : database.query(COLUMNS.formatted(schema, OFFSETS))) {
            String table = common(text(row, 0), schema);
            columns.computeIfAbsent(text(row, 0), any -> new ArrayList<>()).add(text(row, 1));
            String place = table + "." + text(row, 1);
            lines.put(place + " type", type(text(row, 2)));
            lines.put(place + " null", text(row, 3).equals("t") ? "not null" : "null");
            lines.put(place + " default", text(row, 4));
            lines.put(place + " key", text(row, 5));
        }
        columns.forEach((table, names) -> {
            lines.put(common(table, schema), "a table");
            addRows(database, schema, table, names, lines);
        });
        return new Tables(lines);
    }

    /** Six digits of a second's fraction are what PostgreSQL keeps if nothing is said; a type's schema may be any scenario's. */
    private static String type(String type) {
        return type.replaceFirst("^[a-z_]+\\.", "").replaceFirst("^(time|timestamp|interval)\\(6\\)", "$1");
    }

    private static String text(List<@Nullable String> row, int column) {
        return String.valueOf(row.get(column));
    }

    /** Both sinks' names have the scenario's in them; the reader of a difference need not. */
    private static String common(String table, String schema) {
        return table.replace("server_" + schema + "_", "")
                .replace(schema + "_", "")
                .replace(schema, "SCHEMA");
    }

    private static void addRows(
            TestDatabase database, String schema, String table, List<String> columns, Map<String, String> lines) {
        String list = columns.stream()
                .map(column -> '"' + column.replace("\"", "\"\"") + "\"::text")
                .collect(Collectors.joining(", "));
        List<List<@Nullable String>> rows =
                new ArrayList<>(database.query("SELECT " + list + " FROM " + schema + ".\"" + table + '"'));
        // What is most likely the same in both comes first: the key.
        int id = Math.max(columns.indexOf("id"), 0);
        rows.sort(Comparator.<List<@Nullable String>, String>comparing(row -> String.valueOf(row.get(id)))
                .thenComparing(Object::toString));
        lines.put(common(table, schema) + " rows", Integer.toString(rows.size()));
        for (int i = 0; i < rows.size(); i++) {
            for (int column = 0; column < columns.size(); column++) {
                lines.put(
                        common(table, schema) + "[" + i + "]." + columns.get(column),
                        String.valueOf(rows.get(i).get(column)));
            }
        }
    }

    /** Where two differ. A table that one lacks is told once, and so is a column. */
    static List<Difference> compare(Tables debezium, Tables walbrook) {
        Set<String> places = new LinkedHashSet<>(debezium.lines().keySet());
        places.addAll(walbrook.lines().keySet());
        List<Difference> differences = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>();
        for (String place : new TreeMap<>(places.stream().collect(Collectors.toMap(p -> p, p -> p))).keySet()) {
            String left = debezium.lines().getOrDefault(place, NONE);
            String right = walbrook.lines().getOrDefault(place, NONE);
            if (left.equals(right)) {
                continue;
            }
            String part = part(place);
            boolean lacks = left.equals(NONE) || right.equals(NONE);
            if (lacks && (missing.contains(part) || missing.contains(table(place)))) {
                continue;
            }
            if (lacks) {
                missing.add(part);
            }
            differences.add(new Difference(place, lacks ? "only one has " + part : "", left, right));
        }
        return differences;
    }

    /** The table, the column or the row that a place is in. */
    private static String part(String place) {
        int row = place.indexOf(']');
        return row > 0 ? place.substring(0, row + 1) : place.replaceFirst(" (type|null|default|key)$", "");
    }

    private static String table(String place) {
        return place.replaceFirst("[.\\[ ].*$", "");
    }
}
