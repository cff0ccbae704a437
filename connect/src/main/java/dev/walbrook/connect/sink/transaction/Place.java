package dev.walbrook.connect.sink.transaction;

import dev.walbrook.connect.sink.delivery.Progress;
import dev.walbrook.connect.sink.write.ReadRecord;
import org.jspecify.annotations.Nullable;

/** A record's place in its partition, which cannot be passed before the record is dealt with. */
final class Place {

    private final Progress.Hold hold;
    private final @Nullable OpenTransaction transaction;
    private final @Nullable ReadRecord outside;
    private boolean released;

    /**
     * @param transaction what it is part of; null for a record of its own
     * @param outside such a record; null if there is nothing to write
     */
    Place(Progress.Hold hold, @Nullable OpenTransaction transaction, @Nullable ReadRecord outside) {
        this.hold = hold;
        this.transaction = transaction;
        this.outside = outside;
    }

    Progress.Hold hold() {
        return hold;
    }

    @Nullable
    OpenTransaction transaction() {
        return transaction;
    }

    @Nullable
    ReadRecord outside() {
        return outside;
    }

    boolean isReleased() {
        return released;
    }

    void release() {
        released = true;
    }
}
