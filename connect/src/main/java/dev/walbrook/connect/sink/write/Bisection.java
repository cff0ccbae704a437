package dev.walbrook.connect.sink.write;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Predicate;

/**
 * Writes what of a batch the target takes, and finds the records that it does not: a part that is refused is undone and
 * written as two halves, one after the other, down to the single record, or to the records that are written only together.
 * Everything else is written in the order in which it was read. Runs within the batch's transaction, of which it ends neither.
 */
final class Bisection {

    private final Connection connection;
    private final SinkWriter.Settings mode;
    private final ConnectionSettings settings;
    private final Predicate<WalbrookException> tolerated;
    private final IdentityHashMap<ReadRecord, WalbrookException> refused = new IdentityHashMap<>();

    /** @param tolerated whether to go on after this failure of one record */
    Bisection(
            Connection connection,
            SinkWriter.Settings mode,
            ConnectionSettings settings,
            Predicate<WalbrookException> tolerated) {
        this.connection = connection;
        this.mode = mode;
        this.settings = settings;
        this.tolerated = tolerated;
    }

    /**
     * Writes the records.
     *
     * @return those that were refused, each with the reason
     * @throws StepRefusedException if it is not a record's fault, or the failure of a record is not tolerated
     */
    IdentityHashMap<ReadRecord, WalbrookException> write(List<PlannedRecord> records)
            throws SQLException, StepRefusedException {
        if (mode.applyMode() == ApplyMode.TABLE) {
            // Otherwise a deferred constraint would speak up at the commit, and of nothing in particular.
            constraints("IMMEDIATE");
        }
        half(records);
        return refused;
    }

    private void half(List<PlannedRecord> records) throws SQLException, StepRefusedException {
        if (records.isEmpty()) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            run(records);
            connection.releaseSavepoint(before);
            return;
        } catch (StepRefusedException e) {
            requireRefusal(e);
            connection.rollback(before);
            if (records.size() == 1) {
                refuse(records, e);
                connection.releaseSavepoint(before);
                return;
            }
        }
        int middle = middle(records);
        if (middle == 0) {
            one(records, before);
        } else {
            connection.releaseSavepoint(before);
            half(records.subList(0, middle));
            half(records.subList(middle, records.size()));
        }
    }

    private void constraints(String when) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL " + when);
        }
    }

    private void run(List<PlannedRecord> records) throws SQLException, StepRefusedException {
        StepRunner runner = new StepRunner(connection);
        run(records, runner::run);
    }

    /** Takes steps that may be put together. */
    private interface Runner {
        void run(List<Step> steps) throws StepRefusedException;
    }

    private void run(List<PlannedRecord> records, Runner runner) throws SQLException, StepRefusedException {
        boolean whole = mode.applyMode() == ApplyMode.TRANSACTION;
        if (whole) {
            // A transaction may only be right at its end, where it is asked for in time to undo it.
            constraints("DEFERRED");
        }
        for (List<Step> steps : Steps.of(PlannedRecord.changes(records), mode.insertMode(), mode.applyMode(), true)) {
            runner.run(steps);
        }
        if (whole) {
            try {
                constraints("IMMEDIATE");
            } catch (SQLException e) {
                throw new StepRefusedException(List.of(), e);
            }
        }
    }

    private static void requireRefusal(StepRefusedException e) throws StepRefusedException {
        if (Refusals.kind(e.refusal()).directive() == Directive.RETRY) {
            throw e;
        }
    }

    /** Where to cut so that nothing that belongs together is cut; 0 for nowhere. */
    private static int middle(List<PlannedRecord> records) {
        int half = records.size() / 2;
        for (int distance = 0; distance <= half; distance++) {
            if (isBetween(records, half - distance)) {
                return half - distance;
            }
            if (isBetween(records, half + distance)) {
                return half + distance;
            }
        }
        return 0;
    }

    private static boolean isBetween(List<PlannedRecord> records, int at) {
        return at > 0
                && at < records.size()
                && !records.get(at - 1).read().isWith(records.get(at).read());
    }

    /** Once more, statement by statement, which tells the record. */
    private void one(List<PlannedRecord> records, Savepoint before) throws SQLException, StepRefusedException {
        StepRunner runner = new StepRunner(connection);
        try {
            run(records, steps -> {
                for (Step step : steps) {
                    runner.run(List.of(step));
                }
            });
        } catch (StepRefusedException e) {
            requireRefusal(e);
            connection.rollback(before);
            refuse(records, e);
        }
        connection.releaseSavepoint(before);
    }

    private void refuse(List<PlannedRecord> records, StepRefusedException e) throws StepRefusedException {
        WalbrookException failure = Refusals.translate(e, settings);
        if (!tolerated.test(failure)) {
            throw e;
        }
        records.forEach(record -> refused.put(record.read(), failure));
    }
}
