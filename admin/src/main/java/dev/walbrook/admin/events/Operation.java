package dev.walbrook.admin.events;

/** What an event says happened. */
public enum Operation {
    SNAPSHOT,
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE,
    /** A key without a value: compaction may forget the key. */
    TOMBSTONE,
    /** A logical decoding message. */
    MESSAGE,
    /** A record that is no change event, such as a heartbeat, a flattened row or text that is not JSON. */
    OTHER;

    /** By the {@code op} field of an envelope. */
    static Operation ofCode(String code) {
        return switch (code) {
            case "r" -> SNAPSHOT;
            case "c" -> INSERT;
            case "u" -> UPDATE;
            case "d" -> DELETE;
            case "t" -> TRUNCATE;
            case "m" -> MESSAGE;
            default -> OTHER;
        };
    }
}
