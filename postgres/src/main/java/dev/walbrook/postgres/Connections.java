package dev.walbrook.postgres;

import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.BulkReadingSocketFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Opens connections whose sessions all write values alike, whatever the server, the role and the JVM are set to.
 *
 * <p>pgjdbc's driver is called directly: {@link java.sql.DriverManager} does not see a driver inside a Connect plugin.
 */
public final class Connections {

    /**
     * The settings on which a value's text form, or a session's life, depends. {@code extra_float_digits} above 0 is
     * shortest-exact since PostgreSQL 12. The timeouts are off because a snapshot may idle or read for hours.
     */
    private static final Map<String, String> SESSION = Map.ofEntries(
            Map.entry("DateStyle", "ISO, MDY"),
            Map.entry("IntervalStyle", "postgres"),
            Map.entry("TimeZone", "UTC"),
            Map.entry("bytea_output", "hex"),
            Map.entry("xmlbinary", "base64"),
            Map.entry("extra_float_digits", "1"),
            Map.entry("lc_monetary", "C"),
            Map.entry("client_encoding", "UTF8"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("statement_timeout", "0"),
            Map.entry("idle_in_transaction_session_timeout", "0"),
            Map.entry("idle_session_timeout", "0"));

    private static final String SET_SESSION = SESSION.entrySet().stream()
            .map(setting -> "pg_catalog.set_config(" + Sql.literal(setting.getKey()) + ", "
                    + Sql.literal(setting.getValue()) + ", false)")
            .collect(Collectors.joining(
                    ", ",
                    "SELECT ",
                    // Came with PostgreSQL 17.
                    ", (SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings"
                            + " WHERE name = 'transaction_timeout')"));

    private Connections() {}

    /**
     * Opens an ordinary connection, in autocommit mode.
     *
     * @param applicationName how the session shows in {@code pg_stat_activity}
     * @throws WalbrookException if the server cannot be reached or refuses
     */
    public static Connection open(ConnectionSettings settings, String applicationName) {
        return open(settings, properties(settings, applicationName), settings.initialStatements());
    }

    /**
     * As {@link #open(ConnectionSettings, String)}, for reading much at once.
     *
     * @param applicationName how the session shows in {@code pg_stat_activity}
     * @throws WalbrookException if the server cannot be reached or refuses
     */
    public static Connection openBulk(ConnectionSettings settings, String applicationName) {
        Properties properties = properties(settings, applicationName);
        properties.putIfAbsent("socketFactory", BulkReadingSocketFactory.class.getName());
        return open(settings, properties, settings.initialStatements());
    }

    /**
     * Opens a connection to a WAL sender ({@code replication=database}): it takes replication commands and, since
     * PostgreSQL 10, plain SQL in the simple query protocol.
     *
     * @param applicationName how the session shows in {@code pg_stat_replication}
     * @throws WalbrookException if the server cannot be reached or refuses, also for want of the REPLICATION attribute
     */
    public static Connection openReplication(ConnectionSettings settings, String applicationName) {
        Properties properties = properties(settings, applicationName);
        properties.setProperty("replication", "database");
        // A WAL sender knows only simple queries, and has no transaction that a fetch size would need.
        properties.setProperty("preferQueryMode", "simple");
        properties.putIfAbsent("socketFactory", BulkReadingSocketFactory.class.getName());
        return open(settings, properties, List.of());
    }

    /**
     * Bounds the time that each statement of a connection may take from now on.
     *
     * @param timeout zero for no bound
     */
    public static void limitStatements(Connection connection, Duration timeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = " + timeout.toMillis());
        }
    }

    private static Connection open(ConnectionSettings settings, Properties properties, List<String> initialStatements) {
        Connection connection = null;
        try {
            connection = new Driver().connect(jdbcUrl(settings), properties);
            if (connection == null) {
                throw new IllegalStateException("pgjdbc does not take its own URL " + jdbcUrl(settings));
            }
            // pgjdbc sends the JVM's own time zone at start-up, which overrides any other way to set it.
            try (Statement statement = connection.createStatement()) {
                for (String initial : initialStatements) {
                    statement.execute(initial);
                }
                statement.execute(SET_SESSION);
            }
            return connection;
        } catch (SQLException e) {
            closeQuietly(connection, e);
            throw SqlErrors.translateConnect(e, settings);
        } catch (RuntimeException e) {
            closeQuietly(connection, e);
            // pgjdbc throws IllegalArgumentException and the like for a property it cannot read.
            throw new WalbrookException(
                    ErrorKind.CONFIGURATION,
                    "cannot connect to " + settings + ": a connection property is invalid: " + e.getMessage(),
                    Map.of(),
                    e);
        }
    }

    private static void closeQuietly(@Nullable Connection connection, Exception first) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                first.addSuppressed(e);
            }
        }
    }

    private static Properties properties(ConnectionSettings settings, String applicationName) {
        Properties properties = new Properties();
        // Seconds. Without the second a server that accepts and then says nothing would hold a task for ever.
        properties.setProperty("connectTimeout", "10");
        properties.setProperty("loginTimeout", "30");
        properties.setProperty("tcpKeepAlive", "true");
        properties.putAll(settings.properties());
        properties.setProperty("ApplicationName", applicationName);
        properties.setProperty("user", settings.user());
        if (settings.password() != null) {
            properties.setProperty("password", settings.password());
        }
        // The start-up packet can carry everything at once, which a WAL sender needs; 15 is the oldest we support.
        properties.setProperty("assumeMinServerVersion", "15");
        // DETAIL quotes whole rows; they must not reach a log through an exception's text.
        properties.setProperty("logServerErrorDetail", "false");
        return properties;
    }

    /** The URL without user and password: those must not show in a log or an exception. */
    static String jdbcUrl(ConnectionSettings settings) {
        String hosts = Stream.of(settings.host().split(",", -1))
                .map(String::strip)
                .filter(host -> !host.isEmpty())
                .map(host -> withPort(host, settings.port()))
                .collect(Collectors.joining(","));
        return "jdbc:postgresql://" + hosts + '/' + URLEncoder.encode(settings.database(), StandardCharsets.UTF_8);
    }

    private static String withPort(String host, int port) {
        boolean bareIpv6 = !host.startsWith("[") && host.indexOf(':') != host.lastIndexOf(':');
        if (bareIpv6) {
            return '[' + host + "]:" + port;
        }
        boolean hasPort = host.indexOf(':', host.lastIndexOf(']') + 1) >= 0;
        return hasPort ? host : host + ':' + port;
    }
}
