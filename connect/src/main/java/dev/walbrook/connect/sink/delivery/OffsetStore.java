package dev.walbrook.connect.sink.delivery;

import java.sql.Connection;
import java.sql.SQLException;

/** Stores the offsets of a batch in its transaction, before its rows. */
@FunctionalInterface
public interface OffsetStore {

    /** For a target that holds no offsets. */
    OffsetStore NONE = connection -> true;

    /**
     * Stores the offsets without committing them; may roll back what was done before in the transaction.
     *
     * @return false if the batch must not be written, because it was written before or is another task's
     */
    boolean store(Connection connection) throws SQLException;
}
