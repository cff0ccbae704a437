package dev.walbrook.testkit;

import dev.walbrook.local.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A database of one test, used as the server's superuser.
 *
 * <p>A statement that fails is an {@link AssertionError} with PostgreSQL's message. Every method may be called from
 * any thread; each call has a connection of its own, so nothing of a session stays from one to the next.
 */
public final class TestDatabase implements AutoCloseable {

    private final PostgresServer server;
    private final String name;

    TestDatabase(PostgresServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** Runs each statement, or script of several statements, in a transaction of its own. */
    public void execute(String... statements) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** All rows as PostgreSQL's text; SQL null is null. */
    public List<List<@Nullable String>> query(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<@Nullable String>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The first column of the only row; null for SQL null. */
    public @Nullable String queryString(String sql) {
        List<List<@Nullable String>> rows = query(sql);
        if (rows.size() != 1) {
            throw new AssertionError("Expected one row of " + sql + " but there are " + rows.size());
        }
        return rows.get(0).get(0);
    }

    /** A new connection, which the caller closes. */
    public Connection connection() throws SQLException {
        return server.open(name);
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return server.port();
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    public String name() {
        return name;
    }

    /** Without user and password. */
    public String jdbcUrl() {
        return server.jdbcUrl(name);
    }

    /** Ends every session in the database, drops its replication slots and then the database itself. */
    @Override
    public void close() {
        if (!server.isRunning()) {
            // The test stopped the server; its data goes with it.
            return;
        }
        Awaitility.await("the slots of " + name + " are dropped")
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(this::drop);
    }

    private boolean drop() throws SQLException {
        try (Connection connection = server.open("postgres");
                Statement statement = connection.createStatement()) {
            // A slot cannot be dropped while its walsender lives, which may take a moment to end.
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            statement.execute(
                    """
                    SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
                    WHERE database = '%s' AND NOT active"""
                            .formatted(name));
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
            return true;
        }
    }
}
