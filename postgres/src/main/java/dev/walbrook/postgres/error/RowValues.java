package dev.walbrook.postgres.error;

import java.util.regex.Pattern;

/** Takes the values of rows out of a server's primary message. DETAIL, CONTEXT and WHERE are never used at all. */
final class RowValues {

    private static final String MARKS = "\"'«»„“”‘’「」";

    /**
     * From the first quotation mark to the last: a value may hold quotation marks itself. Translated messages use the
     * marks of their language.
     */
    private static final Pattern QUOTED = Pattern.compile("[" + MARKS + "].*[" + MARKS + "]", Pattern.DOTALL);

    /** {@code 0xe2 0x82}, the bytes of text in a wrong encoding. */
    private static final Pattern BYTES = Pattern.compile("0x[0-9a-fA-F]{2}(\\s+0x[0-9a-fA-F]{2})*");

    private RowValues() {}

    /**
     * @param message the server's primary message
     * @param state its SQLSTATE; data exceptions (class 22) quote the value they refuse, other classes quote names
     */
    static String remove(String message, String state) {
        if (state.startsWith("P0")) {
            return "a trigger or function raised an exception";
        }
        if (!state.startsWith("22")) {
            return message;
        }
        String unquoted = QUOTED.matcher(message).replaceAll("\"…\"");
        return BYTES.matcher(unquoted).replaceAll("0x…");
    }
}
