package dev.walbrook.connect.sink;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A server of a test class's own, so that it may be killed, with one database; it is there while the class's tests run. */
final class TargetServer implements BeforeAllCallback, AfterAllCallback {

    private TestPostgres postgres;
    private TestDatabase database;
    private int schemas;

    @Override
    public void beforeAll(ExtensionContext tests) {
        postgres = TestPostgres.fresh();
        database = postgres.createDatabase();
    }

    /** A name that begins as given, for a schema that is not there yet. */
    String unusedSchema(String prefix) {
        return prefix + ++schemas;
    }

    /** A schema of a test's own; returns its name, which begins as given. */
    String createSchema(String prefix) {
        String name = unusedSchema(prefix);
        execute("CREATE SCHEMA \"" + name + "\"");
        return name;
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
    public void afterAll(ExtensionContext tests) {
        database.close();
        postgres.close();
    }
}
