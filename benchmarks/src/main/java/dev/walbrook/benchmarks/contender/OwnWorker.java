package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.server.ServerProcess;
import org.jspecify.annotations.Nullable;

/** A contender's worker, which it keeps from run to run: a worker lives long, and so does its compiled code. */
final class OwnWorker implements AutoCloseable {

    private final String name;
    private final @Nullable String heap;
    private @Nullable ServerProcess process;
    private String processHeap = "";

    /** @param heap its largest heap if that is not the run's, as in {@code -Xmx} */
    OwnWorker(String name, @Nullable String heap) {
        this.name = name;
        this.heap = heap;
    }

    /** The process, which is started if need be. */
    ServerProcess process(Run run) {
        String wanted = heap == null ? run.heap() : heap;
        ServerProcess running = process;
        if (running != null && running.isAlive() && processHeap.equals(wanted)) {
            return running;
        }
        close();
        ServerProcess started = run.data().servers().startWorker(name, wanted);
        process = started;
        processHeap = wanted;
        return started;
    }

    /** A stopwatch that watches the worker and the broker. */
    Stopwatch watch(Run run) {
        long pid = process(run).pid();
        return new Stopwatch()
                .process(Metric.WORKER_CPU, pid)
                .process(Metric.BROKER_CPU, run.data().servers().broker().pid())
                .memory(pid);
    }

    /** Ends the process. */
    @Override
    public void close() {
        if (process != null) {
            process.close();
            process = null;
        }
    }
}
