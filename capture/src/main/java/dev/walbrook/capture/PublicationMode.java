package dev.walbrook.capture;

/** How the publication comes to be ({@code publication.autocreate.mode}). */
public enum PublicationMode {
    /** It must exist and is left as it is. */
    DISABLED,
    /**
     * If missing, it is created for all tables; for the captured ones alone where the role may not, or where other tables
     * would lose their updates by it.
     */
    ALL_TABLES,
    /** If missing, it is created for the captured tables; if it holds others, it is altered. */
    FILTERED,
    /** If missing, it is created empty; tables are added by somebody else. */
    NO_TABLES
}
