package dev.walbrook.benchmarks.contender;

import dev.walbrook.admin.connect.ConnectClient;
import dev.walbrook.admin.connect.ConnectorStatus;
import dev.walbrook.benchmarks.server.ServerProcess;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A connector from its registration to its removal. Used by one thread. */
public final class ConnectorSession implements AutoCloseable {

    /** How often somebody who waits looks again. */
    private static final long POLL_NANOS = 10_000_000;

    /** How often the connector's state is looked at, which costs the worker something. */
    private static final long STATUS_NANOS = 1_000_000_000;

    private final ConnectClient client;
    private final String connector;
    private final ServerProcess worker;
    private long nextLook;

    private ConnectorSession(ServerProcess worker, String connector) {
        this.worker = worker;
        this.client = new ConnectClient(worker.address());
        this.connector = connector;
    }

    static ConnectorSession start(ServerProcess worker, String connector, Map<String, String> properties) {
        ConnectorSession session = new ConnectorSession(worker, connector);
        session.client.putConfig(connector, properties);
        return session;
    }

    /** Sleeps a moment; throws if the connector or its worker has failed meanwhile. */
    public void pause() {
        LockSupport.parkNanos(POLL_NANOS);
        check();
    }

    /** Throws if the connector or its worker has failed, which it finds out within a second. */
    public void check() {
        long now = System.nanoTime();
        if (now < nextLook) {
            return;
        }
        nextLook = now + STATUS_NANOS;
        if (!worker.isAlive()) {
            throw new ConnectorStopped("the worker has died, mostly for want of memory; see " + worker.log());
        }
        String failure = client.status(connector).map(ConnectorStatus::failure).orElse(null);
        if (failure != null) {
            throw new ConnectorStopped(failure.lines().findFirst().orElse(failure));
        }
    }

    @Override
    public void close() {
        if (worker.isAlive()) {
            client.delete(connector);
        }
    }
}
