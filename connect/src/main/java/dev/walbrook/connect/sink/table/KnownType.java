package dev.walbrook.connect.sink.table;

import dev.walbrook.postgres.Sql;
import java.util.regex.Pattern;

/**
 * A type that the target has.
 *
 * @param schema its schema
 * @param name {@code typname}
 * @param builtIn whether it is PostgreSQL's own
 * @param enumeration whether it is an enum
 */
record KnownType(String schema, String name, boolean builtIn, boolean enumeration) {

    private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]*");

    /** The name as SQL takes it; a modifier such as {@code (12,2)} may follow it. */
    String toSql() {
        if (!builtIn) {
            return Sql.identifier(schema) + '.' + Sql.identifier(name);
        }
        // Unquoted, char is another type: character(1).
        return PLAIN.matcher(name).matches() && !name.equals("char") ? name : Sql.identifier(name);
    }
}
