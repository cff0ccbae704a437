package dev.walbrook.connect.sink.write;

import dev.walbrook.connect.sink.delivery.ErrantRecords;
import dev.walbrook.connect.sink.delivery.OffsetStore;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.session.TargetSession;
import dev.walbrook.connect.sink.table.SchemaEvolution;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches of changes, each in one transaction. For one thread at a time.
 *
 * <p>A batch that the target refuses is written once more in ever smaller parts, which tells the record that is to blame;
 * such records are set aside, or the first one is the failure.
 */
public final class SinkWriter {

    /**
     * What the writer has to know of the configuration.
     *
     * @param insertMode what becomes of a row
     * @param evolution what happens when the target lacks a table or a column
     * @param applyMode in what order changes are made
     */
    public record Settings(InsertMode insertMode, SchemaEvolution evolution, ApplyMode applyMode) {}

    private static final Logger LOG = LoggerFactory.getLogger(SinkWriter.class);

    private final Settings settings;
    private final TargetSession session;
    private final ErrantRecords errant;
    private final BatchObserver observer;
    private final ChangePlanner planner;
    private int generation;

    public SinkWriter(Settings settings, TargetSession session, ErrantRecords errant, BatchObserver observer) {
        this.settings = settings;
        this.session = session;
        this.errant = errant;
        this.observer = observer;
        this.planner = new ChangePlanner(settings.evolution());
    }

    /**
     * Writes the batch, all of it or nothing, but for the records it sets aside.
     *
     * @param batch in the order in which it was read; what is set aside is taken out of it
     * @param offsets stores the batch's offsets in the same transaction
     * @return false if the batch was not written because the offsets were not to be stored
     * @throws WalbrookException if the target cannot be reached or refuses; nothing has been written then
     */
    public boolean write(List<ReadRecord> batch, OffsetStore offsets) {
        try {
            return attempt(batch, offsets, false);
        } catch (StepRefusedException refused) {
            if (Refusals.kind(refused.refusal()).directive() == Directive.RETRY) {
                throw Refusals.translate(refused, session.settings());
            }
            // Again, part by part, on a new connection: what was only a table altered meanwhile is over.
            try {
                return attempt(batch, offsets, true);
            } catch (StepRefusedException again) {
                throw Refusals.translate(again, session.settings());
            }
        }
    }

    /**
     * Writes the batch if nothing is in the way. What is in the way is not looked into; {@link #write} does that.
     *
     * @param batch what is set aside is taken out of it
     * @return whether it was written; if not, it may have been all the same, when the target's answer was lost
     */
    public boolean tryWrite(List<ReadRecord> batch, OffsetStore offsets) {
        try {
            return attempt(batch, offsets, false);
        } catch (StepRefusedException | WalbrookException | ConnectException e) {
            LOG.debug("a batch was not written in the background", e);
            return false;
        }
    }

    private boolean attempt(List<ReadRecord> batch, OffsetStore offsets, boolean inParts) throws StepRefusedException {
        boolean finished = false;
        try {
            Connection open = session.connection();
            if (generation != session.generation()) {
                planner.forget();
                generation = session.generation();
            }
            List<PlannedRecord> planned = plan(open, batch);
            planner.tellEvolution(observer);
            // What was read and created on the way here ends, so that a failure below rolls back rows only.
            open.commit();
            long begun = System.nanoTime();
            boolean stored = offsets.store(open);
            if (stored) {
                if (inParts) {
                    writeInParts(open, planned, batch);
                } else {
                    writeAtOnce(open, planned);
                }
                long stated = System.nanoTime();
                errant.await();
                long awaited = System.nanoTime();
                commit(open);
                observer.committed(batch, stated - begun, System.nanoTime() - awaited);
            } else {
                open.rollback();
            }
            finished = true;
            return stored;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot write to the target", session.settings(), facts(batch));
        } finally {
            if (!finished) {
                session.close();
            }
        }
    }

    private void writeAtOnce(Connection open, List<PlannedRecord> planned) throws StepRefusedException {
        StepRunner runner = new StepRunner(open);
        List<TargetChange> changes = PlannedRecord.changes(planned);
        for (List<Step> steps : Steps.of(changes, settings.insertMode(), settings.applyMode(), false)) {
            runner.run(steps);
        }
    }

    /** A deferred constraint speaks up only here. */
    private static void commit(Connection open) throws SQLException, StepRefusedException {
        try {
            open.commit();
        } catch (SQLException e) {
            if (SqlErrors.classify(e).directive() == Directive.DEAD_LETTER) {
                throw new StepRefusedException(List.of(), e);
            }
            throw e;
        }
    }

    private void writeInParts(Connection open, List<PlannedRecord> planned, List<ReadRecord> batch)
            throws SQLException, StepRefusedException {
        Bisection bisection = new Bisection(open, settings, session.settings(), errant::tolerates);
        IdentityHashMap<ReadRecord, WalbrookException> refused = bisection.write(planned);
        refused.forEach((record, failure) -> errant.report(record.record(), failure));
        batch.removeIf(refused::containsKey);
    }

    /** Those whose text cannot even be made are set aside here. */
    private List<PlannedRecord> plan(Connection open, List<ReadRecord> batch) throws SQLException {
        planner.begin();
        List<PlannedRecord> planned = new ArrayList<>(batch.size());
        IdentityHashMap<ReadRecord, WalbrookException> unfit = new IdentityHashMap<>();
        for (ReadRecord record : batch) {
            try {
                TargetChange change = planner.plan(open, record.change());
                if (change != null) {
                    planned.add(new PlannedRecord(record, change));
                }
            } catch (WalbrookException e) {
                if (!errant.tolerates(e)) {
                    throw e;
                }
                unfit.put(record, e);
            }
        }
        if (!unfit.isEmpty()) {
            setAside(unfit, batch, planned);
        }
        return planned;
    }

    /** With each of these goes what it is only written with. */
    private void setAside(
            IdentityHashMap<ReadRecord, WalbrookException> unfit, List<ReadRecord> batch, List<PlannedRecord> planned) {
        IdentityHashMap<Object, WalbrookException> reasons = new IdentityHashMap<>();
        unfit.forEach((record, e) -> reasons.put(record.whole() == null ? record : record.whole(), e));
        Predicate<ReadRecord> goes = record -> reasons.containsKey(record.whole() == null ? record : record.whole());
        for (ReadRecord record : batch) {
            WalbrookException reason = reasons.get(record.whole() == null ? record : record.whole());
            if (reason != null) {
                errant.report(record.record(), reason);
            }
        }
        batch.removeIf(goes);
        planned.removeIf(each -> goes.test(each.read()));
    }

    private static Map<String, String> facts(List<ReadRecord> batch) {
        if (batch.isEmpty()) {
            return Map.of();
        }
        RowChange first = batch.get(0).change();
        String schema = first.table().schema();
        return schema == null ? Map.of() : Map.of("schema", Sql.identifier(schema));
    }
}
