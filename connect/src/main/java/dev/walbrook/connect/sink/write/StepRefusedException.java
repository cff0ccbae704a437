package dev.walbrook.connect.sink.write;

import java.sql.SQLException;
import java.util.List;

/** The database refused one of a run of steps. */
final class StepRefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Step> steps;
    private final SQLException refusal;

    /** @param steps the steps that were sent together, one of which was refused */
    StepRefusedException(List<Step> steps, SQLException refusal) {
        super(refusal);
        this.steps = List.copyOf(steps);
        this.refusal = refusal;
    }

    List<Step> steps() {
        return steps;
    }

    SQLException refusal() {
        return refusal;
    }
}
