package dev.walbrook.admin.compare;

/**
 * A row that differs.
 *
 * @param key its primary key, {@code (1,abc)} as PostgreSQL writes a row
 * @param kind how it differs
 */
public record KeyDifference(String key, Kind kind) {

    /** How a row differs. */
    public enum Kind {
        ONLY_IN_SOURCE,
        ONLY_IN_SINK,
        OTHER_VALUES
    }
}
