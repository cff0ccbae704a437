package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;

/**
 * Everything up to a position has been handed over: a transaction is complete, or the server says that nothing else was
 * committed up to there.
 *
 * @param position what the slot may be told once all changes before this event are delivered
 */
public record Progress(Lsn position) implements CaptureEvent {

    @Override
    public int weight() {
        return 64;
    }
}
