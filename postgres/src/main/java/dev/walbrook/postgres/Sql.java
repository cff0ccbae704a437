package dev.walbrook.postgres;

/** Writes names and strings into SQL text. */
public final class Sql {

    private Sql() {}

    /** The name in double quotes, with its own quotes doubled. */
    public static String identifier(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The text as a string literal that does not depend on {@code standard_conforming_strings}. */
    public static String literal(String text) {
        String quoted = '\'' + text.replace("'", "''").replace("\\", "\\\\") + '\'';
        return text.indexOf('\\') < 0 ? quoted : 'E' + quoted;
    }
}
