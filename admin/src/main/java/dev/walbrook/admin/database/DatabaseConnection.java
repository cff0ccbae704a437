package dev.walbrook.admin.database;

import dev.walbrook.admin.AdminException;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens connections and says in plain words why that failed. */
public final class DatabaseConnection {

    private DatabaseConnection() {}

    /**
     * Opens a connection in auto-commit mode.
     *
     * @throws WalbrookException if the server refuses the user or has no such database
     * @throws AdminException if the server cannot be reached
     */
    public static Connection open(ConnectionSettings settings) {
        return open(settings, Map.of());
    }

    /**
     * Opens a connection in auto-commit mode.
     *
     * @param further pgjdbc properties that this use needs; the settings' own win
     */
    public static Connection open(ConnectionSettings settings, Map<String, String> further) {
        Properties properties = new Properties();
        properties.setProperty("user", settings.user());
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        properties.setProperty("ApplicationName", "walbrook");
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("tcpKeepAlive", "true");
        further.forEach(properties::setProperty);
        settings.properties().forEach(properties::setProperty);
        try {
            return DriverManager.getConnection(jdbcUrl(settings), properties);
        } catch (SQLException e) {
            throw explain(settings, e);
        }
    }

    /** The JDBC URL without user, password and properties. */
    public static String jdbcUrl(ConnectionSettings settings) {
        String hosts = Stream.of(settings.host().split(","))
                .map(host -> host.indexOf(':') >= 0 && !host.startsWith("[") ? '[' + host + ']' : host)
                .map(host -> host + ':' + settings.port())
                .collect(Collectors.joining(","));
        String database =
                URLEncoder.encode(settings.database(), StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://" + hosts + '/' + database;
    }

    private static RuntimeException explain(ConnectionSettings settings, SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        Map<String, String> facts = Map.of(
                "host", settings.host(),
                "port", Integer.toString(settings.port()),
                "database", settings.database(),
                "user", settings.user());
        if (state.startsWith("28")) {
            return new WalbrookException(
                    ErrorKind.AUTHENTICATION_FAILED, settings + " refuses the login: " + e.getMessage(), facts, e);
        }
        if (state.equals("3D000")) {
            return new WalbrookException(
                    ErrorKind.DATABASE_MISSING,
                    "there is no database " + settings.database() + " on " + settings.host() + ':' + settings.port(),
                    facts,
                    e);
        }
        // 08004: the driver has no password and the server asks for one.
        if (state.equals("08004") && settings.password() == null) {
            return new AdminException(
                    settings + " asks for a password",
                    "Give it in the URL (postgresql://user:password@host/db), in PGPASSWORD or in ~/.pgpass.",
                    e);
        }
        return new AdminException(
                "cannot connect to PostgreSQL at " + settings + ": " + e.getMessage(),
                "Check that the server runs there and that the URL is right.",
                e);
    }
}
