package dev.walbrook.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long to wait before a stream that had nothing to read is asked again. For one thread. */
final class ReadingPace {

    /** A read that finds nothing has itself waited up to a millisecond; after so many of them the stream counts as idle. */
    private static final int EMPTY_READS_BEFORE_PAUSE = 20;

    /** Keeps an idle slot cheap, and nobody waiting for long. */
    private static final long IDLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** So many messages without a gap between them are a backlog, of which more will come. */
    private static final int BACKLOG_MESSAGES = 64;

    /** To be woken for every single message of a backlog costs both ends more than reading it. */
    private static final long BACKLOG_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private int emptyReads;
    private int messages;

    /** A message was there. */
    void read() {
        emptyReads = 0;
        messages++;
    }

    /** Nothing was there: waits as long as it makes sense. A stream that is only busy is asked again at once. */
    void nothingToRead() {
        emptyReads++;
        if (emptyReads > EMPTY_READS_BEFORE_PAUSE) {
            LockSupport.parkNanos(IDLE_PAUSE_NANOS);
        } else if (messages >= BACKLOG_MESSAGES) {
            LockSupport.parkNanos(BACKLOG_PAUSE_NANOS);
        }
        messages = 0;
    }
}
