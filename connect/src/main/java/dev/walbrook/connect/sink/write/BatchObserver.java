package dev.walbrook.connect.sink.write;

import java.util.List;

/** Is told what was written. Must not fail, nor wait for anything. */
public interface BatchObserver {

    /**
     * A transaction was committed.
     *
     * @param batch what it wrote
     * @param statementNanos how long its statements took, in nanoseconds
     * @param commitNanos how long its commit took, in nanoseconds
     */
    void committed(List<ReadRecord> batch, long statementNanos, long commitNanos);

    /** Tables were made or altered since the last time. */
    void evolved(int created, int altered);
}
