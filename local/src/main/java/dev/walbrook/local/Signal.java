package dev.walbrook.local;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The signals PostgreSQL understands that {@link ProcessHandle} cannot send, and waiting for a process to end. */
enum Signal {
    /** Fast shutdown: sessions are ended, a checkpoint is written. */
    INT,
    /** Immediate shutdown: like a crash, but the children are told. */
    QUIT;

    /** Sends the signal; a process that has ended already is not an error. */
    void send(ProcessHandle process) throws IOException {
        // The shell's own kill is there even where no such program is installed.
        CommandLine.run(List.of("sh", "-c", "kill -" + name() + " \"$1\"", "sh", Long.toString(process.pid())));
    }

    /**
     * @return false if the process still lives after the time limit, or the thread was interrupted (and still is)
     */
    static boolean awaitEnd(ProcessHandle process, Duration limit) {
        try {
            process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        } catch (ExecutionException | TimeoutException e) {
            return !process.isAlive();
        }
    }

    /** Stops a PostgreSQL postmaster: fast, then immediately, then by force; each with a share of the limit. */
    static void stopPostmaster(ProcessHandle postmaster, Duration limit) throws IOException {
        List<ProcessHandle> family = postmaster.descendants().toList();
        INT.send(postmaster);
        if (!awaitEnd(postmaster, limit)) {
            QUIT.send(postmaster);
            if (!awaitEnd(postmaster, Duration.ofSeconds(10))) {
                postmaster.destroyForcibly();
                awaitEnd(postmaster, Duration.ofSeconds(5));
            }
        }
        family.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }
}
