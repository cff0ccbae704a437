package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * Everything up to a position has been handed over: a transaction is complete, or the server says that nothing else was
 * committed up to there.
 *
 * @param position what the slot may be told once all changes before this event are delivered
 * @param server which server the position is of; null if it was not asked
 */
public record Progress(Lsn position, @Nullable ServerIdentity server) implements CaptureEvent {

    /** Of a server that was not asked who it is. */
    Progress(Lsn position) {
        this(position, null);
    }

    @Override
    public int weight() {
        return 64;
    }
}
