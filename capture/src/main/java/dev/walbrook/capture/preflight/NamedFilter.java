package dev.walbrook.capture.preflight;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Expressions that are meant to name something, and the name by which a user knows them.
 *
 * @param name the filter's name, such as a property's
 * @param kind what the expressions match
 * @param expressions each must match the whole name of something
 */
public record NamedFilter(String name, Kind kind, List<Pattern> expressions) {

    /** What an expression is matched against. */
    public enum Kind {
        SCHEMAS,
        /** As {@code schema.table}. */
        TABLES,
        /** As {@code schema.table.column}, of the captured tables. */
        COLUMNS
    }
}
