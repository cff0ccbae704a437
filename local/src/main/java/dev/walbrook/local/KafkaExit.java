package dev.walbrook.local;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps Kafka's classes from ending our process.
 *
 * <p>Kafka's own programs own their JVM and leave it on a fatal error; here they are guests. The thread that wants to
 * exit ends with an exception instead, and the servers report what was wanted. Kafka's shutdown hooks are dropped too:
 * the order in which servers stop is their owner's.
 *
 * <p>The replacement is for the whole JVM and stays, because threads of a stopped server may still want to exit.
 */
final class KafkaExit {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaExit.class);

    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();

    private static boolean replaced;

    private KafkaExit() {}

    /** Thrown in the thread that wanted to end the process. */
    static final class ExitRequested extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private ExitRequested(String message) {
            super(message);
        }
    }

    static synchronized void replace() {
        if (!replaced) {
            Exit.setExitProcedure(KafkaExit::refuse);
            Exit.setHaltProcedure(KafkaExit::refuse);
            Exit.setShutdownHookAdder((name, hook) -> LOG.debug("dropped Kafka's shutdown hook {}", name));
            replaced = true;
        }
    }

    private static void refuse(int status, @Nullable String message) {
        String request =
                "Kafka's thread \"" + Thread.currentThread().getName() + "\" failed and wanted to end the process"
                        + " with status " + status + (message == null ? "" : ": " + message);
        REQUESTS.add(request);
        ExitRequested failure = new ExitRequested(request);
        LOG.error("{}; the cause stands before this in the log", request, failure);
        throw failure;
    }

    /** How many requests there have been; the argument to {@link #since} later. */
    static int mark() {
        return REQUESTS.size();
    }

    /** The first request after the mark. */
    static Optional<String> since(int mark) {
        return REQUESTS.stream().skip(mark).findFirst();
    }
}
