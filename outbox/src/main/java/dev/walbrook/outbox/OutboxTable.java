package dev.walbrook.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table that holds events: its name, its columns, and the SQL that creates it.
 *
 * @param schema null for the connection's own search path
 * @param name the table's name
 * @param layout the names of the columns
 * @param payloadType what the payload's column holds
 * @param dayColumn the column that a table partitioned by day has for it; null for a table that is not partitioned
 */
public record OutboxTable(
        @Nullable String schema, String name, EventLayout layout, PayloadType payloadType, @Nullable String dayColumn) {

    /** What the payload's column holds. */
    public enum PayloadType {
        /** The type json, which keeps the text as it was written. An existing column may be jsonb or text as well. */
        JSON,
        /** The type bytea: JSON is stored as UTF-8. */
        BYTES
    }

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    public OutboxTable {
        Objects.requireNonNull(layout, "layout");
        if (name.isBlank()) {
            throw new IllegalArgumentException("The outbox's table needs a name");
        }
    }

    /** The table {@code outbox} with the columns of the router's defaults, as the shipped migration creates it. */
    public static OutboxTable standard() {
        return new OutboxTable(null, "outbox", EventLayout.standard(), PayloadType.JSON, null);
    }

    /** @param schema null for the connection's own search path */
    public OutboxTable named(@Nullable String schema, String name) {
        return new OutboxTable(schema, name, layout, payloadType, dayColumn);
    }

    public OutboxTable withLayout(EventLayout layout) {
        return new OutboxTable(schema, name, layout, payloadType, dayColumn);
    }

    public OutboxTable withPayload(PayloadType payloadType) {
        return new OutboxTable(schema, name, layout, payloadType, dayColumn);
    }

    /** The table partitioned by the day an event was appended on, for {@link PartitionRotation}. */
    public OutboxTable partitionedByDay() {
        return new OutboxTable(schema, name, layout, payloadType, "appended_on");
    }

    /**
     * The SQL that creates the table, for the service's own migrations. A partitioned table has no partition until
     * {@link PartitionRotation} makes some.
     */
    public String migration() {
        List<String> columns = new ArrayList<>();
        for (Map.Entry<EventField, String> column : layout.names().entrySet()) {
            columns.add(definition(column.getKey(), column.getValue()));
        }
        for (String column : layout.headers().values()) {
            columns.add(quoted(column) + " text");
        }
        String key = quoted(layout.requiredName(EventField.ID));
        String partitioned = "";
        if (dayColumn != null) {
            columns.add(quoted(dayColumn) + " date NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')::date");
            key += ", " + quoted(dayColumn);
            partitioned = " PARTITION BY RANGE (" + quoted(dayColumn) + ")";
        }
        columns.add("PRIMARY KEY (" + key + ")");
        return "CREATE TABLE IF NOT EXISTS %s (%n    %s%n)%s;%n"
                .formatted(qualifiedName(), String.join(",%n    ".formatted(), columns), partitioned)
                .replace("\r\n", "\n");
    }

    private String definition(EventField field, String column) {
        String type =
                switch (field) {
                    case ID -> "uuid NOT NULL";
                    case AGGREGATE_TYPE, AGGREGATE_ID, TYPE -> "varchar(255) NOT NULL";
                    case PAYLOAD -> payloadType == PayloadType.JSON ? "json" : "bytea";
                    case KEY -> "varchar(255) NOT NULL";
                    // The router takes an integer type for a record's timestamp, which timestamptz is not.
                    case TIMESTAMP -> "timestamp";
                    case SCHEMA_VERSION -> "integer";
                    case TRACEPARENT -> "text";
                };
        return quoted(column) + " " + type;
    }

    /** The table's name as SQL writes it. */
    public String qualifiedName() {
        return qualified(name);
    }

    /** Another name in the table's schema, as SQL writes it. */
    String qualified(String relation) {
        return schema == null ? quoted(relation) : quoted(schema) + "." + quoted(relation);
    }

    /** A name as SQL writes it; only those that need it are quoted, so that migrations stay readable. */
    static String quoted(String identifier) {
        boolean plain = PLAIN.matcher(identifier).matches() && !RESERVED.contains(identifier.toLowerCase(Locale.ROOT));
        return plain ? identifier : '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** Of PostgreSQL's reserved words those that somebody might name a column or table by. */
    private static final List<String> RESERVED = List.of(
            "all",
            "analyse",
            "analyze",
            "any",
            "array",
            "as",
            "asc",
            "both",
            "case",
            "cast",
            "check",
            "collate",
            "column",
            "constraint",
            "create",
            "current_date",
            "current_role",
            "current_time",
            "current_timestamp",
            "current_user",
            "default",
            "desc",
            "distinct",
            "do",
            "else",
            "end",
            "except",
            "false",
            "fetch",
            "for",
            "foreign",
            "from",
            "grant",
            "group",
            "having",
            "in",
            "initially",
            "intersect",
            "into",
            "lateral",
            "leading",
            "limit",
            "localtime",
            "localtimestamp",
            "not",
            "null",
            "offset",
            "on",
            "only",
            "or",
            "order",
            "placing",
            "primary",
            "references",
            "returning",
            "select",
            "session_user",
            "some",
            "symmetric",
            "table",
            "then",
            "to",
            "trailing",
            "true",
            "union",
            "unique",
            "user",
            "using",
            "variadic",
            "when",
            "where",
            "window",
            "with");
}
