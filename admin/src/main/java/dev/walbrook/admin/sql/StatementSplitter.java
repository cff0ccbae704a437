package dev.walbrook.admin.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a script into statements as psql does: quotes, dollar quotes, nested comments and the bodies of SQL-standard
 * functions hide semicolons.
 *
 * <p>It reads line by line and holds one statement at a time, so a script may be larger than memory. Not safe for use by
 * several threads.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-syntax-lexical.html">Lexical structure</a>
 */
public final class StatementSplitter {

    private static final Pattern COPY_FROM_STDIN =
            Pattern.compile("(?is)^COPY\\s.*\\sFROM\\s+STDIN\\b.*", Pattern.DOTALL);
    private static final Pattern ROUTINE =
            Pattern.compile("(?is)^CREATE\\s+(OR\\s+REPLACE\\s+)?(FUNCTION|PROCEDURE)\\b.*");

    private enum Where {
        SQL,
        STRING,
        ESCAPE_STRING,
        IDENTIFIER,
        DOLLAR,
        COMMENT
    }

    private final BufferedReader in;
    private int lineNumber;
    private String line = "";
    private int at;

    private final StringBuilder statement = new StringBuilder();
    private int statementLine;
    private Where where = Where.SQL;
    private String dollarTag = "";
    private int commentDepth;
    private int parentheses;
    /** How many BEGIN ATOMIC and CASE are open inside a routine's SQL-standard body. */
    private int openBlocks;

    /** The last two words, as long as nothing but white space came between and after them. */
    private String word = "";

    private String wordBefore = "";
    /** Whether the last word ends where we read now; only then is an E a string's prefix. */
    private boolean wordAdjacent;

    public StatementSplitter(BufferedReader in) {
        this.in = in;
    }

    /** The line last read, from 1. */
    public int lineNumber() {
        return lineNumber;
    }

    /**
     * The next statement; null at the script's end.
     *
     * @throws ScriptException if the script ends inside a quote or a comment
     */
    public @Nullable ScriptStatement next() throws IOException {
        while (true) {
            if (at >= line.length()) {
                if (!readLine()) {
                    return rest();
                }
                if (where == Where.SQL
                        && statement.isEmpty()
                        && line.stripLeading().startsWith("\\")) {
                    return meta();
                }
            }
            ScriptStatement complete = scanLine();
            if (complete != null) {
                return complete;
            }
        }
    }

    /** The next line of the data after a {@link ScriptStatement.Copy}; null when it has ended. */
    public @Nullable String nextCopyLine() throws IOException {
        String data = in.readLine();
        lineNumber++;
        line = "";
        at = 0;
        if (data == null) {
            throw new ScriptException("the script ends inside the data of a COPY", lineNumber);
        }
        return data.equals("\\.") ? null : data;
    }

    private boolean readLine() throws IOException {
        String read = in.readLine();
        if (read == null) {
            return false;
        }
        lineNumber++;
        line = lineNumber == 1 && read.startsWith("\uFEFF") ? read.substring(1) + '\n' : read + '\n';
        at = 0;
        return true;
    }

    private ScriptStatement meta() {
        ScriptStatement meta = new ScriptStatement.Meta(line.strip(), lineNumber);
        at = line.length();
        return meta;
    }

    private @Nullable ScriptStatement rest() {
        if (where != Where.SQL) {
            throw new ScriptException(
                    "the script ends inside "
                            + switch (where) {
                                case STRING, ESCAPE_STRING -> "a string";
                                case IDENTIFIER -> "a quoted identifier";
                                case DOLLAR -> "a " + dollarTag + " quoted text";
                                case COMMENT, SQL -> "a comment";
                            },
                    statementLine == 0 ? lineNumber : statementLine);
        }
        return statement.toString().isBlank() ? null : complete();
    }

    /** Reads on to the line's end, or to the end of a statement. */
    private @Nullable ScriptStatement scanLine() {
        while (at < line.length()) {
            char c = line.charAt(at);
            switch (where) {
                case SQL -> {
                    if (scanSql(c)) {
                        return complete();
                    }
                }
                case STRING -> closeQuote(c, '\'');
                case IDENTIFIER -> closeQuote(c, '"');
                case ESCAPE_STRING -> {
                    if (c == '\\') {
                        take(2);
                    } else {
                        closeQuote(c, '\'');
                    }
                }
                case DOLLAR -> {
                    if (line.startsWith(dollarTag, at)) {
                        take(dollarTag.length());
                        where = Where.SQL;
                    } else {
                        take(1);
                    }
                }
                case COMMENT -> scanComment();
            }
        }
        return null;
    }

    /** Reads one token or character outside quotes; true when it ended the statement. */
    private boolean scanSql(char c) {
        if (line.startsWith("--", at)) {
            // Cut, not copied: a comment may stand between statements, and the server needs none.
            at = line.length();
            if (!statement.isEmpty()) {
                statement.append('\n');
            }
        } else if (line.startsWith("/*", at)) {
            commentDepth = 0;
            wordAdjacent = false;
            where = Where.COMMENT;
        } else if (c == '\'') {
            where = wordAdjacent && word.equalsIgnoreCase("e") ? Where.ESCAPE_STRING : Where.STRING;
            takeToken(1);
        } else if (c == '"') {
            where = Where.IDENTIFIER;
            takeToken(1);
        } else if (c == '$' && dollarQuote()) {
            where = Where.DOLLAR;
            takeToken(dollarTag.length());
        } else if (isWordStart(c)) {
            scanWord();
        } else if (c == ';' && parentheses <= 0 && openBlocks == 0) {
            at++;
            return !statement.toString().isBlank();
        } else {
            if (c == '(' || c == '[') {
                parentheses++;
            } else if (c == ')' || c == ']') {
                parentheses--;
            }
            takeToken(1);
        }
        return false;
    }

    private void scanWord() {
        int end = at + 1;
        while (end < line.length() && isWordPart(line.charAt(end))) {
            end++;
        }
        String found = line.substring(at, end);
        take(end - at);
        wordBefore = word;
        word = found;
        wordAdjacent = true;
        trackBlocks(found.toUpperCase(Locale.ROOT));
    }

    /** BEGIN ATOMIC … END holds whole statements; CASE … END inside it must not close it. */
    private void trackBlocks(String upper) {
        switch (upper) {
            case "ATOMIC" -> {
                if (openBlocks == 0
                        && wordBefore.equalsIgnoreCase("BEGIN")
                        && ROUTINE.matcher(statement).matches()) {
                    openBlocks = 1;
                }
            }
            case "CASE" -> openBlocks += openBlocks > 0 ? 1 : 0;
            case "END" -> openBlocks -= openBlocks > 0 ? 1 : 0;
            default -> {}
        }
    }

    private void scanComment() {
        if (line.startsWith("/*", at)) {
            commentDepth++;
            at += 2;
        } else if (line.startsWith("*/", at)) {
            at += 2;
            commentDepth--;
            if (commentDepth == 0) {
                where = Where.SQL;
                if (!statement.isEmpty()) {
                    statement.append(' ');
                }
            }
        } else {
            at++;
        }
    }

    private void closeQuote(char c, char quote) {
        if (c != quote) {
            take(1);
        } else if (at + 1 < line.length() && line.charAt(at + 1) == quote) {
            take(2);
        } else {
            take(1);
            where = Where.SQL;
        }
    }

    /** Whether a dollar quote opens here; then {@link #dollarTag} is set. A parameter such as {@code $1} is none. */
    private boolean dollarQuote() {
        int end = at + 1;
        while (end < line.length() && (isWordStart(line.charAt(end)) || (isDigit(line.charAt(end)) && end > at + 1))) {
            end++;
        }
        if (end < line.length() && line.charAt(end) == '$') {
            dollarTag = line.substring(at, end + 1);
            return true;
        }
        return false;
    }

    private void takeToken(int length) {
        if (!Character.isWhitespace(line.charAt(at))) {
            word = "";
            wordBefore = "";
        }
        wordAdjacent = false;
        take(length);
    }

    private void take(int length) {
        int end = Math.min(line.length(), at + length);
        if (statement.isEmpty()) {
            if (where == Where.SQL && Character.isWhitespace(line.charAt(at))) {
                at = end;
                return;
            }
            statementLine = lineNumber;
        }
        statement.append(line, at, end);
        at = end;
    }

    private ScriptStatement complete() {
        String text = statement.toString().strip();
        int begin = statementLine;
        statement.setLength(0);
        statementLine = 0;
        parentheses = 0;
        openBlocks = 0;
        word = "";
        wordBefore = "";
        wordAdjacent = false;
        if (COPY_FROM_STDIN.matcher(text).matches()) {
            // The data begins on the next line; nothing may follow the semicolon.
            at = line.length();
            return new ScriptStatement.Copy(text, begin);
        }
        return new ScriptStatement.Command(text, begin);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isWordPart(char c) {
        return isWordStart(c) || isDigit(c) || c == '$';
    }
}
