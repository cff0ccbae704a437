package dev.walbrook.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM as a request that the command's own thread fulfils: the JVM waits for {@link #finished()}, so that the
 * command can stop in order.
 */
public final class StopSignal {

    /** Longer than every orderly stop takes; then the process ends all the same. */
    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile Runnable onRequest = () -> {};

    private StopSignal() {}

    /** Listens from now on. Whoever installs it must call {@link #finished()}, however the command ends. */
    public static StopSignal install() {
        StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(signal::request, "walbrook-stop"));
        return signal;
    }

    /** What to do at once on a request, from another thread; for waking somebody who waits. */
    public void onRequest(Runnable action) {
        this.onRequest = action;
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    /** Waits; true if the request came meanwhile. */
    public boolean await(long milliseconds) {
        try {
            return requested.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** The command is done and the process may end. */
    public void finished() {
        finished.countDown();
    }

    private void request() {
        requested.countDown();
        onRequest.run();
        try {
            if (!finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
