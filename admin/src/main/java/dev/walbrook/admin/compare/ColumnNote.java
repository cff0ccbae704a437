package dev.walbrook.admin.compare;

/**
 * Something to know about a column, besides the rows.
 *
 * @param column its name
 * @param kind whether it was compared
 * @param reason why it is not replicated, or how the types differ
 */
public record ColumnNote(String column, Kind kind, String reason) {

    /** What a note is about. */
    public enum Kind {
        /** The sink does not have it; it was not compared. */
        NOT_REPLICATED,
        /** It was compared by its text; the types differ. */
        OTHER_TYPE
    }
}
