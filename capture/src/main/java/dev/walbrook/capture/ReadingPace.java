package dev.walbrook.capture;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long to wait before a stream that had nothing to read is asked again. For one thread. */
final class ReadingPace {

    /** A read that finds nothing has itself waited up to a millisecond; after so many of them the stream counts as idle. */
    private static final int EMPTY_READS_BEFORE_PAUSE = 20;

    /** Keeps an idle slot cheap, and nobody waiting for long. */
    private static final long IDLE_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** Fewer messages say nothing about the rate at which they come. */
    private static final int BACKLOG_MESSAGES = 64;

    /** Messages that take less each, gaps included, are a backlog, of which more will come. */
    private static final long BACKLOG_NANOS_PER_MESSAGE = TimeUnit.MICROSECONDS.toNanos(30);

    /** To be woken for every single message of a backlog costs both ends more than reading it. */
    private static final long BACKLOG_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(1_500);

    private int emptyReads;
    private int messages;
    private long countingSince = System.nanoTime();

    /** A message was there. */
    void read() {
        emptyReads = 0;
        messages++;
    }

    /** Nothing was there: waits as long as it makes sense. A stream that is only busy is asked again at once. */
    void nothingToRead() {
        emptyReads++;
        long counting = System.nanoTime() - countingSince;
        if (emptyReads > EMPTY_READS_BEFORE_PAUSE) {
            pause(IDLE_PAUSE_NANOS);
        } else if (counting > Math.max(messages, BACKLOG_MESSAGES) * BACKLOG_NANOS_PER_MESSAGE) {
            count();
        } else if (messages >= BACKLOG_MESSAGES) {
            pause(BACKLOG_PAUSE_NANOS);
        }
    }

    private void pause(long nanos) {
        LockSupport.parkNanos(nanos);
        count();
    }

    private void count() {
        messages = 0;
        countingSince = System.nanoTime();
    }
}
