package dev.walbrook.admin.sql;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.postgres.ConnectionSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A file of SQL as {@code pg_dump} writes it and psql reads it.
 *
 * <p>Every statement commits by itself, as under psql. What only concerns roles, extensions and settings this server does
 * not have is left out with a warning; any other failure stops the run with the file's line and the server's words.
 */
public final class SqlScript {

    private static final Pattern CLIENT_ENCODING =
            Pattern.compile("(?im)^\\s*SET\\s+client_encoding\\s*(?:=|TO)\\s*'?([\\w-]+)'?");
    private static final Pattern OWNERSHIP = Pattern.compile(
            "(?is)^(ALTER\\s.+\\sOWNER\\s+TO\\s.+|GRANT\\s.+|REVOKE\\s.+|ALTER\\s+DEFAULT\\s+PRIVILEGES\\s.+"
                    + "|SET\\s+SESSION\\s+AUTHORIZATION\\s.+|SET\\s+ROLE\\s.+|CREATE\\s+POLICY\\s.+)");
    private static final Pattern CREATE_EXTENSION = Pattern.compile("(?is)^CREATE\\s+EXTENSION\\b.*");
    private static final Pattern COMMENT_ON_EXTENSION = Pattern.compile("(?is)^COMMENT\\s+ON\\s+EXTENSION\\b.*");
    private static final Pattern SETTING = Pattern.compile("(?is)^SET\\s+\\w+\\s*(=|TO)\\s*.+");
    private static final Pattern PUBLIC_SCHEMA = Pattern.compile("(?is)^CREATE\\s+SCHEMA\\s+\"?public\"?\\s*$");
    private static final int HEAD_BYTES = 64 * 1024;
    private static final int COPY_BUFFER = 64 * 1024;

    private final Path file;
    private final List<String> warnings = new ArrayList<>();
    private int statements;
    private long copiedRows;

    private SqlScript(Path file) {
        this.file = file;
    }

    /**
     * Runs the script on one connection of its own.
     *
     * @throws AdminException if the file cannot be read, or a statement fails for a reason that matters
     */
    public static ScriptResult run(Path file, ConnectionSettings database) {
        SqlScript script = new SqlScript(file);
        // In simple mode the driver sends the text as it is; otherwise it would cut it into statements once more.
        try (Connection connection = DatabaseConnection.open(database, Map.of("preferQueryMode", "simple"));
                BufferedReader in = script.open();
                Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            script.runAll(connection, statement, new StatementSplitter(in));
        } catch (NoSuchFileException e) {
            throw new AdminException("there is no file " + file, "Check the path.", e);
        } catch (ScriptException e) {
            throw new AdminException(file + ":" + e.line() + ": " + e.getMessage(), "", e);
        } catch (IOException e) {
            throw new AdminException("cannot read " + file + ": " + e, "", e);
        } catch (SQLException e) {
            throw new AdminException("the connection broke while running " + file + ": " + e.getMessage(), "", e);
        }
        return new ScriptResult(script.statements, script.copiedRows, List.copyOf(script.warnings));
    }

    private void runAll(Connection connection, Statement statement, StatementSplitter splitter)
            throws IOException, SQLException {
        ScriptStatement next = splitter.next();
        if (next instanceof ScriptStatement.Command first && first.text().startsWith("PGDMP")) {
            throw new AdminException(
                    file + " is a dump in pg_dump's custom format, which is not SQL",
                    "Turn it into SQL: pg_restore --file=dump.sql " + file);
        }
        for (; next != null; next = splitter.next()) {
            try {
                if (next instanceof ScriptStatement.Command command) {
                    command(statement, command);
                } else if (next instanceof ScriptStatement.Copy copy) {
                    copy(connection, copy, splitter);
                } else {
                    meta(next);
                }
            } catch (SQLException e) {
                throw failure(next, splitter, e);
            }
        }
    }

    private void command(Statement statement, ScriptStatement.Command command) throws SQLException {
        // The driver always speaks UTF-8; the file was decoded by its own encoding already.
        if (CLIENT_ENCODING.matcher(command.text()).lookingAt()) {
            return;
        }
        try {
            statement.execute(command.text());
            statements++;
        } catch (SQLException e) {
            if (!bearable(command.text(), Objects.requireNonNullElse(e.getSQLState(), ""))) {
                throw e;
            }
            warn(command.line(), firstLine(e.getMessage()) + "; left out: " + summary(command.text()));
        }
    }

    /** Whether the statement only concerns something this server does not have and the data does not need. */
    static boolean bearable(String sql, String sqlState) {
        boolean missing = sqlState.equals("42704");
        if (CREATE_EXTENSION.matcher(sql).matches()) {
            return missing || sqlState.equals("0A000") || sqlState.equals("58P01") || sqlState.equals("22023");
        }
        if (PUBLIC_SCHEMA.matcher(sql).matches()) {
            return sqlState.equals("42P06");
        }
        return missing
                && (OWNERSHIP.matcher(sql).matches()
                        || COMMENT_ON_EXTENSION.matcher(sql).matches()
                        || SETTING.matcher(sql).matches());
    }

    private void copy(Connection connection, ScriptStatement.Copy copy, StatementSplitter splitter)
            throws IOException, SQLException {
        CopyIn in = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy.text());
        try {
            StringBuilder buffer = new StringBuilder(COPY_BUFFER);
            for (String row = splitter.nextCopyLine(); row != null; row = splitter.nextCopyLine()) {
                buffer.append(row).append('\n');
                if (buffer.length() >= COPY_BUFFER) {
                    write(in, buffer);
                }
            }
            write(in, buffer);
            copiedRows += in.endCopy();
            statements++;
        } finally {
            if (in.isActive()) {
                in.cancelCopy();
            }
        }
    }

    private static void write(CopyIn in, StringBuilder buffer) throws SQLException {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        in.writeToCopy(bytes, 0, bytes.length);
        buffer.setLength(0);
    }

    private void meta(ScriptStatement meta) {
        String name = meta.text().split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        switch (name) {
            // Since the minor releases of August 2025, pg_dump guards its output with these two.
            case "\\restrict", "\\unrestrict", "\\echo", "\\." -> {}
            case "\\connect", "\\c" -> warn(meta.line(), "the script stays in one database; left out: " + meta.text());
            default -> warn(meta.line(), "only psql knows this command; left out: " + name);
        }
    }

    private void warn(int line, String text) {
        warnings.add(file.getFileName() + ":" + line + ": " + text);
    }

    private AdminException failure(ScriptStatement statement, StatementSplitter splitter, SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        int line = statement.line();
        String text = statement.text();
        if (server != null && server.getPosition() > 0) {
            int position = Math.min(server.getPosition(), text.length());
            line += (int)
                    text.substring(0, position).chars().filter(c -> c == '\n').count();
        }
        StringBuilder problem = new StringBuilder(file + ":" + line + ": " + firstLine(e.getMessage()));
        if (server != null && server.getDetail() != null && !(statement instanceof ScriptStatement.Copy)) {
            problem.append(" (").append(server.getDetail()).append(')');
        }
        if (statement instanceof ScriptStatement.Copy) {
            problem.append(", in the data before line ").append(splitter.lineNumber() + 1);
        }
        problem.append("\n  ").append(summary(text));
        return new AdminException(
                problem.toString(), server != null && server.getHint() != null ? server.getHint() : "", e);
    }

    private static String firstLine(@Nullable String message) {
        return Objects.requireNonNullElse(message, "")
                .lines()
                .findFirst()
                .orElse("")
                .strip();
    }

    /** The beginning of a statement, for a message. COPY data is never part of it. */
    private static String summary(String sql) {
        String flat = sql.replaceAll("\\s+", " ");
        return flat.length() <= 120 ? flat : flat.substring(0, 117) + "...";
    }

    private BufferedReader open() throws IOException {
        Charset charset = charset();
        return new BufferedReader(
                new InputStreamReader(
                        Files.newInputStream(file),
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPORT)
                                .onUnmappableCharacter(CodingErrorAction.REPORT)),
                COPY_BUFFER);
    }

    /** The encoding that the script's head declares; UTF-8 without one. */
    private Charset charset() throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        Matcher declared = CLIENT_ENCODING.matcher(new String(head, StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        String name = declared.group(1).toUpperCase(Locale.ROOT);
        String java =
                switch (name) {
                    case "UTF8", "UNICODE", "SQL_ASCII" -> "UTF-8";
                    case "LATIN1" -> "ISO-8859-1";
                    case "LATIN2" -> "ISO-8859-2";
                    case "LATIN9" -> "ISO-8859-15";
                    case "EUC_JP" -> "EUC-JP";
                    case "EUC_KR" -> "EUC-KR";
                    case "SJIS" -> "Shift_JIS";
                    case "KOI8R" -> "KOI8-R";
                    default -> name.startsWith("WIN") ? "windows-" + name.substring(3) : name;
                };
        try {
            return Charset.forName(java);
        } catch (IllegalArgumentException e) {
            throw new AdminException(
                    file + " is in the encoding " + name + ", which Java does not know",
                    "Dump it again with pg_dump --encoding=UTF8.",
                    e);
        }
    }
}
