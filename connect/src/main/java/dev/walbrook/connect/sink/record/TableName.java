package dev.walbrook.connect.sink.record;

import dev.walbrook.postgres.Sql;
import org.jspecify.annotations.Nullable;

/**
 * The name of a target table, exactly as it is to be in the catalog.
 *
 * @param schema its schema; null for the one that the connection's {@code search_path} finds
 * @param name the table
 */
public record TableName(@Nullable String schema, String name) {

    /** Reads {@code table} or {@code schema.table}: exact names, without quotes. */
    public static TableName parse(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new TableName(null, text) : new TableName(text.substring(0, dot), text.substring(dot + 1));
    }

    /** The name as SQL takes it, quoted. */
    public String toSql() {
        return schema == null ? Sql.identifier(name) : Sql.identifier(schema) + '.' + Sql.identifier(name);
    }

    @Override
    public String toString() {
        return schema == null ? name : schema + '.' + name;
    }
}
