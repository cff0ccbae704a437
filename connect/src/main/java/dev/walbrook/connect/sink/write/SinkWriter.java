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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
     */
    public record Settings(InsertMode insertMode, SchemaEvolution evolution) {}

    private static final Logger LOG = LoggerFactory.getLogger(SinkWriter.class);

    private final Settings settings;
    private final TargetSession session;
    private final ErrantRecords errant;
    private final ChangePlanner planner;
    private int generation;

    public SinkWriter(Settings settings, TargetSession session, ErrantRecords errant) {
        this.settings = settings;
        this.session = session;
        this.errant = errant;
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
            // What was read and created on the way here ends, so that a failure below rolls back rows only.
            open.commit();
            boolean stored = offsets.store(open);
            if (stored) {
                if (inParts) {
                    writeInParts(open, planned, batch);
                } else {
                    new StepRunner(open).run(PlannedRecord.steps(planned, settings.insertMode()));
                }
                errant.await();
                commit(open);
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
        Bisection bisection = new Bisection(open, settings.insertMode(), session.settings(), errant::tolerates);
        IdentityHashMap<ReadRecord, WalbrookException> refused = bisection.write(planned);
        refused.forEach((record, failure) -> errant.report(record.record(), failure));
        batch.removeIf(refused::containsKey);
    }

    /** Those whose text cannot even be made are set aside here. */
    private List<PlannedRecord> plan(Connection open, List<ReadRecord> batch) throws SQLException {
        planner.begin();
        List<PlannedRecord> planned = new ArrayList<>(batch.size());
        for (Iterator<ReadRecord> each = batch.iterator(); each.hasNext(); ) {
            ReadRecord record = each.next();
            try {
                TargetChange change = planner.plan(open, record.change());
                if (change != null) {
                    planned.add(new PlannedRecord(record, change));
                }
            } catch (WalbrookException e) {
                errant.report(record.record(), e);
                each.remove();
            }
        }
        return planned;
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
