package dev.walbrook.admin.compare;

import java.util.List;

/**
 * A row that differs.
 *
 * @param key its primary key, {@code (1,abc)} as PostgreSQL writes a row
 * @param kind how it differs
 * @param columns which columns have other values; empty unless the row is on both sides
 */
public record KeyDifference(String key, Kind kind, List<String> columns) {

    /** How a row differs. */
    public enum Kind {
        ONLY_IN_SOURCE,
        ONLY_IN_SINK,
        OTHER_VALUES
    }
}
