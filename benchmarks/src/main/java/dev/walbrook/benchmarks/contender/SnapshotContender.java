package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Measurement;
import java.sql.SQLException;

/** Can read a table. */
public interface SnapshotContender extends Contender {

    /** Reads the table once. */
    Measurement snapshot(Run run) throws SQLException;
}
