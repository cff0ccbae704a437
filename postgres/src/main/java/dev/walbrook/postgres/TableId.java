package dev.walbrook.postgres;

/**
 * A table's name with its schema, exactly as in the catalog (neither quoted nor folded).
 *
 * @param schema the schema
 * @param name the table
 */
public record TableId(String schema, String name) implements Comparable<TableId> {

    /** The name as SQL takes it, quoted. */
    public String toSql() {
        return Sql.identifier(schema) + '.' + Sql.identifier(name);
    }

    @Override
    public int compareTo(TableId other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    /** {@code schema.name}, the form of filters and messages. */
    @Override
    public String toString() {
        return schema + '.' + name;
    }
}
