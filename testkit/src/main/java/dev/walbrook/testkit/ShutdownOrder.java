package dev.walbrook.testkit;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes the shared servers when the JVM ends, the last started first: worker, then broker, then database. */
final class ShutdownOrder {

    private static final Deque<AutoCloseable> SERVERS = new ArrayDeque<>();

    private static boolean hooked;

    private ShutdownOrder() {}

    static synchronized void atExit(AutoCloseable server) {
        SERVERS.push(server);
        if (!hooked) {
            Runtime.getRuntime().addShutdownHook(new Thread(ShutdownOrder::closeAll, "stop test servers"));
            hooked = true;
        }
    }

    private static synchronized void closeAll() {
        for (AutoCloseable server : SERVERS) {
            try {
                server.close();
            } catch (Exception e) {
                System.err.println("A test server did not stop: " + e);
            }
        }
    }
}
