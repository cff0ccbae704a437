package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Measurement;
import java.sql.SQLException;

/** Can fill a table with what there is: a topic's records, or the rows themselves. */
public interface TableContender extends Contender {

    /** Writes into a new table once, up to where the run says. */
    Measurement write(Run run) throws SQLException;

    /** Of how many partitions the topic shall be that it reads. */
    default int partitions() {
        return 1;
    }
}
