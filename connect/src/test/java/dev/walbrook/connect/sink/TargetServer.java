package dev.walbrook.connect.sink;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A server of a test class's own, so that it may be killed, with one database. */
final class TargetServer implements AutoCloseable {

    private final TestPostgres postgres = TestPostgres.fresh();
    private final TestDatabase database = postgres.createDatabase();

    private TargetServer() {}

    static TargetServer start() {
        return new TargetServer();
    }

    String jdbcUrl() {
        return database.jdbcUrl();
    }

    String user() {
        return database.user();
    }

    String password() {
        return database.password();
    }

    /**
     * A sink's configuration for this server: each batch is written at once, and the offsets, which belong to no real topic,
     * are not stored.
     */
    Map<String, String> with(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "connection.url", jdbcUrl(),
                "connection.username", user(),
                "connection.password", password(),
                "batch.linger.ms", "0",
                "delivery.guarantee", "at_least_once"));
        properties.putAll(more);
        return properties;
    }

    void execute(String sql) {
        database.execute(sql);
    }

    /** The rows, their columns' text separated by bars. */
    List<String> query(String sql) {
        return database.query(sql).stream()
                .map(row ->
                        row.stream().map(text -> text == null ? "NULL" : text).collect(Collectors.joining("|")))
                .toList();
    }

    String name() {
        return database.name();
    }

    /** A connection, which the caller closes. */
    Connection connection() throws SQLException {
        return database.connection();
    }

    /** Takes every process of the server away, as a crash does. */
    void kill() {
        postgres.server().kill();
    }

    void startAgain() {
        postgres.server().start();
    }

    @Override
    public void close() {
        database.close();
        postgres.close();
    }
}
