package dev.walbrook.connect.sink.table;

/** What happens when the target lacks a table or a column: {@code schema.evolution}. */
public enum SchemaEvolution {
    /** It is an error. */
    NONE,
    /** It is created. Nothing is ever dropped, renamed or given another type. */
    BASIC
}
