package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Measurement;
import java.sql.SQLException;

/** Can drain a slot. */
public interface StreamContender extends Contender {

    /** Drains a slot of its own once, up to where the run says. */
    Measurement stream(Run run) throws SQLException;
}
