package dev.walbrook.examples.shop.journey;

import dev.walbrook.outbox.Outbox;
import dev.walbrook.outbox.OutboxEvent;
import dev.walbrook.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** A writer on plain JDBC: aggregates that count, with an event for every step, some of them rolled back. */
final class Counters {

    static final int AGGREGATES = 10;

    private final TestDatabase database;
    private final Outbox outbox;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread[] writers = new Thread[3];

    Counters(TestDatabase database, Outbox outbox, long seed) {
        this.database = database;
        this.outbox = outbox;
        database.execute(
                "CREATE TABLE counters (aggregate int PRIMARY KEY, n int NOT NULL)",
                "INSERT INTO counters SELECT i, 0 FROM generate_series(1, " + AGGREGATES + ") i");
        for (int writer = 0; writer < writers.length; writer++) {
            Random random = new Random(seed - writer - 1);
            writers[writer] = new Thread(() -> run(random), "writer " + writer);
        }
    }

    void start() {
        for (Thread writer : writers) {
            writer.start();
        }
    }

    private void run(Random random) {
        while (!stopped.get()) {
            try (Connection connection = database.connection()) {
                connection.setAutoCommit(false);
                while (!stopped.get()) {
                    step(connection, 1 + random.nextInt(AGGREGATES));
                    if (random.nextInt(5) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            } catch (SQLException e) {
                // The server was killed; the next connection finds it again.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    private void step(Connection connection, int aggregate) throws SQLException {
        try (PreparedStatement next =
                connection.prepareStatement("UPDATE counters SET n = n + 1 WHERE aggregate = ? RETURNING n")) {
            next.setInt(1, aggregate);
            try (ResultSet row = next.executeQuery()) {
                row.next();
                outbox.append(
                        connection,
                        OutboxEvent.of("COUNTER", Integer.toString(aggregate), "Counted")
                                .json(Integer.toString(row.getInt(1)))
                                .build());
            }
        }
    }

    void stop() throws InterruptedException {
        stopped.set(true);
        for (Thread writer : writers) {
            writer.join();
        }
    }
}
