package dev.walbrook.connect.sink;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.util.List;
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
