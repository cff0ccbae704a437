package dev.walbrook.connect.json;

/**
 * One JSON value as text.
 *
 * @param json the text in UTF-8
 * @param nesting how deep its objects and arrays are nested; 0 if it is neither
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, changed by nobody.
record JsonText(byte[] json, int nesting) {}
