package dev.walbrook.conformance;

import dev.walbrook.testkit.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGConnection;

/**
 * Writers that go on until closed: single rows, transactions of several multi-row statements, COPY, each with tables of its
 * own, so that transactions overlap and the order per key is known. Every change of a row carries a number that no other has
 * and that grows with each change of the row.
 */
final class TakeOverLoad implements AutoCloseable {

    static final List<String> TABLES = List.of("single", "multi", "copied");

    private final TestDatabase database;
    private final long seed;
    private final ExecutorService executor = Executors.newFixedThreadPool(3);
    private final List<Future<?>> writers = new ArrayList<>();
    private final Set<Integer> committed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean stopped;

    TakeOverLoad(TestDatabase database, long seed) {
        this.database = database;
        this.seed = seed;
    }

    static void createTables(TestDatabase database) {
        for (String table : TABLES) {
            database.execute("CREATE TABLE %s (id int PRIMARY KEY, n int NOT NULL)".formatted(table));
        }
        database.execute("CREATE SEQUENCE numbers");
    }

    TakeOverLoad start() {
        writers.add(executor.submit(() -> write(new Random(seed), this::singleRows)));
        writers.add(executor.submit(() -> write(new Random(seed + 1), this::statements)));
        writers.add(executor.submit(() -> write(new Random(seed + 2), this::copy)));
        return this;
    }

    /** The numbers of all changes that were committed. */
    Set<Integer> committed() {
        return committed;
    }

    private interface Writer {
        /** @return the numbers of the changes, which are then committed */
        List<Integer> write(Connection connection, Random random) throws SQLException, IOException;
    }

    private Void write(Random random, Writer writer) throws SQLException, IOException {
        try (Connection connection = database.connection()) {
            connection.setAutoCommit(false);
            while (!stopped) {
                List<Integer> written = writer.write(connection, random);
                connection.commit();
                committed.addAll(written);
                // A pace that connectors can keep, so that a round ends.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(4L * written.size() + 10));
            }
        }
        return null;
    }

    private List<Integer> singleRows(Connection connection, Random random) throws SQLException {
        return returned(
                connection,
                "INSERT INTO single VALUES (%d, nextval('numbers')) ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING n"
                        .formatted(random.nextInt(50)));
    }

    private List<Integer> statements(Connection connection, Random random) throws SQLException {
        List<Integer> written = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int first = random.nextInt(400);
            written.addAll(returned(
                    connection,
                    """
                    INSERT INTO multi SELECT i, nextval('numbers') FROM generate_series(%d, %d) i
                    ON CONFLICT (id) DO UPDATE SET n = excluded.n RETURNING n"""
                            .formatted(first, first + random.nextInt(150))));
        }
        return written;
    }

    private List<Integer> copy(Connection connection, Random random) throws SQLException, IOException {
        List<Integer> written = new ArrayList<>();
        StringBuilder rows = new StringBuilder();
        int count = 1 + random.nextInt(300);
        for (int n : returned(connection, "SELECT nextval('numbers')::int FROM generate_series(1, " + count + ")")) {
            rows.append(numbers.incrementAndGet()).append('\t').append(n).append('\n');
            written.add(n);
        }
        connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY copied FROM STDIN", new StringReader(rows.toString()));
        return written;
    }

    private static List<Integer> returned(Connection connection, String sql) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }

    /** Ends the writers after their transactions. */
    @Override
    public void close() throws Exception {
        stopped = true;
        for (Future<?> writer : writers) {
            writer.get(30, TimeUnit.SECONDS);
        }
        executor.shutdown();
    }
}
