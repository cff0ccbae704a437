package dev.walbrook.connect.source;

import dev.walbrook.postgres.error.WalbrookException;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the user's statement with each heartbeat, on a thread and a connection of its own: neither a lock it waits for nor a
 * mistake in it holds up capturing. A failure is told in the log.
 */
final class HeartbeatAction implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HeartbeatAction.class);

    private final SideConnection connection;
    private final String statement;
    private final String connector;
    private final ExecutorService executor;
    private final AtomicBoolean running = new AtomicBoolean();

    HeartbeatAction(SideConnection connection, String statement, String connector) {
        this.connection = connection;
        this.statement = statement;
        this.connector = connector;
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "walbrook-heartbeat-" + connector);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Runs the statement soon, unless it is still running from the last time. */
    void beat() {
        if (running.compareAndSet(false, true)) {
            executor.execute(this::execute);
        }
    }

    private void execute() {
        try {
            connection.run(sql -> sql.execute(statement));
        } catch (SQLException | WalbrookException e) {
            log.warn("connector={} heartbeat.action.query failed: {}", connector, e.getMessage());
        } finally {
            running.set(false);
        }
    }

    @Override
    public void close() {
        // A statement under way is left to its own timeout; the connection is closed after it.
        executor.execute(connection::close);
        executor.shutdown();
    }
}
