package dev.walbrook.connect.json;

/** What stands for a value where there is none. */
enum JsonNull {
    /** JSON's null. */
    NULL,
    /** There is no text. */
    MISSING
}
