package dev.walbrook.connect.source.property;

import java.util.List;
import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Which tables, columns and operations are captured. */
public final class FilterProperties {

    public static final String TABLE_INCLUDE = "table.include.list";
    public static final String TABLE_EXCLUDE = "table.exclude.list";
    public static final String SCHEMA_INCLUDE = "schema.include.list";
    public static final String SCHEMA_EXCLUDE = "schema.exclude.list";
    public static final String COLUMN_INCLUDE = "column.include.list";
    public static final String COLUMN_EXCLUDE = "column.exclude.list";
    public static final String SKIPPED_OPERATIONS = "skipped.operations";

    public static final String MESSAGE_INCLUDE = "message.prefix.include.list";
    public static final String MESSAGE_EXCLUDE = "message.prefix.exclude.list";
    public static final String MAX_TABLES = "guardrail.collections.max";
    public static final String MAX_TABLES_ACTION = "guardrail.collections.limit.action";
    public static final String SKIP_UNCHANGED = "skip.messages.without.change";

    private static final Set<String> OPERATIONS = Set.of("c", "u", "d", "t", "none");

    private FilterProperties() {}

    static void define(Definition definition) {
        definition.group("What is captured");
        definition.regexList(TABLE_INCLUDE, "Tables to capture, as regular expressions on schema.table.");
        definition.regexList(TABLE_EXCLUDE, "Tables not to capture, as regular expressions on schema.table.");
        definition.regexList(SCHEMA_INCLUDE, "Schemas to capture, as regular expressions.");
        definition.regexList(SCHEMA_EXCLUDE, "Schemas not to capture, as regular expressions.");
        definition.regexList(
                COLUMN_INCLUDE, "Columns to keep in values, as regular expressions on schema.table.column.");
        definition.regexList(
                COLUMN_EXCLUDE,
                "Columns to leave out, as regular expressions on schema.table.column. The server sends them all the same,"
                        + " unless the publication was made by hand with a column list.");
        definition.optional(
                SKIPPED_OPERATIONS,
                Type.LIST,
                "t",
                FilterProperties::requireOperations,
                "Operations not to emit: c, u, d, t, or none.");
        definition.regexList(
                MESSAGE_INCLUDE,
                "Logical messages (pg_logical_emit_message) to capture, as regular expressions on their prefix.");
        definition.regexList(
                MESSAGE_EXCLUDE, "Logical messages not to capture, as regular expressions on their prefix.");
        definition.optional(
                MAX_TABLES, Type.INT, 0, Range.atLeast(0), "How many tables may be captured; 0 for any number.");
        definition.choice(
                MAX_TABLES_ACTION,
                "warn",
                new String[] {"warn", "fail"},
                "What to do when there are more: warn, or fail.");
        definition.optional(
                "table.ignore.builtin",
                Type.BOOLEAN,
                true,
                null,
                "Accepted for compatibility with Debezium. PostgreSQL's own tables are never captured: the server"
                        + " refuses to publish them.");
        definition.optional(
                SKIP_UNCHANGED,
                Type.BOOLEAN,
                false,
                null,
                "Leave out updates that change no captured column. Only tables with REPLICA IDENTITY FULL tell.");
    }

    private static void requireOperations(String name, Object value) {
        for (Object operation : (List<?>) value) {
            if (!OPERATIONS.contains(operation.toString().trim())) {
                throw new ConfigException(name, value, "takes c, u, d, t or none");
            }
        }
    }
}
