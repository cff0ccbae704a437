package dev.walbrook.admin.sql;

/** What a script is made of. */
public sealed interface ScriptStatement {

    /** The line on which it begins, from 1. */
    int line();

    /** The statement's or psql command's own text. */
    String text();

    /**
     * A statement for the server, without its semicolon.
     *
     * @param text the SQL; leading comments are cut
     */
    record Command(String text, int line) implements ScriptStatement {}

    /**
     * A {@code COPY … FROM stdin}, whose data follows in the script.
     *
     * @param text the COPY statement; the splitter's {@link StatementSplitter#nextCopyLine()} then gives the data
     */
    record Copy(String text, int line) implements ScriptStatement {}

    /**
     * A line for psql itself, such as {@code \restrict}.
     *
     * @param text the line from the backslash on
     */
    record Meta(String text, int line) implements ScriptStatement {}
}
