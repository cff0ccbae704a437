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
 * written as two halves, one after the other, down to the single record. Everything else is written in the order in which it
 * was read. Runs within the batch's transaction, of which it ends neither.
 */
final class Bisection {

    private final Connection connection;
    private final InsertMode mode;
    private final ConnectionSettings settings;
    private final Predicate<WalbrookException> tolerated;
    private final IdentityHashMap<ReadRecord, WalbrookException> refused = new IdentityHashMap<>();

    /** @param tolerated whether to go on after this failure of one record */
    Bisection(
            Connection connection,
            InsertMode mode,
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
        try (Statement statement = connection.createStatement()) {
            // Otherwise a deferred constraint would speak up at the commit, and of nothing in particular.
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
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
            new StepRunner(connection).run(PlannedRecord.steps(records, mode));
            connection.releaseSavepoint(before);
            return;
        } catch (StepRefusedException e) {
            if (Refusals.kind(e.refusal()).directive() == Directive.RETRY) {
                throw e;
            }
            if (records.size() == 1) {
                WalbrookException failure = Refusals.translate(e, settings);
                if (!tolerated.test(failure)) {
                    throw e;
                }
                refused.put(records.get(0).read(), failure);
            }
        }
        connection.rollback(before);
        connection.releaseSavepoint(before);
        if (records.size() > 1) {
            int middle = records.size() / 2;
            half(records.subList(0, middle));
            half(records.subList(middle, records.size()));
        }
    }
}
