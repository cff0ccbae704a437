package dev.walbrook.connect.sink.delivery;

import dev.walbrook.connect.sink.session.TargetSession;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.Directive;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which partitions this task may write, and where in them it goes on, as the target itself says. For one task's thread.
 *
 * <p>The offsets' rows are updated first in each transaction: whoever takes a partition over waits for a transaction that
 * is under way and then reads its offsets, and a task that was replaced finds another epoch and writes nothing.
 */
public final class Ownership implements OffsetStore {

    private static final Logger LOG = LoggerFactory.getLogger(Ownership.class);

    private final OffsetsTable table;
    private final TargetSession session;
    private final Progress progress;

    public Ownership(OffsetsTable table, TargetSession session, Progress progress) {
        this.table = table;
        this.session = session;
        this.progress = progress;
    }

    /**
     * Claims the partitions that are not claimed yet.
     *
     * @param delivering whether Connect is delivering records already
     * @return where the consumer is to go on, for partitions of which the target holds something
     * @throws WalbrookException if the target cannot be reached, or lacks the table and refuses to make it
     */
    public Map<TopicPartition, Long> claim(boolean delivering) {
        List<TopicPartition> unclaimed = progress.unclaimed();
        if (unclaimed.isEmpty()) {
            return Map.of();
        }
        boolean claimed = false;
        try {
            Connection connection = session.connection();
            create(connection);
            Map<TopicPartition, OffsetsTable.Entry> entries = table.claim(connection, unclaimed);
            connection.commit();
            claimed = true;
            return places(entries, delivering);
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot take over partitions in " + table.name(), session.settings(), facts());
        } finally {
            if (!claimed) {
                session.close();
            }
        }
    }

    /**
     * Takes the unclaimed partitions over before Connect delivers anything. An outage only postpones that to the first records.
     *
     * @return as {@link #claim}; nothing after an outage
     * @throws WalbrookException as {@code claim}, but for outages
     */
    public Map<TopicPartition, Long> claimEarly() {
        try {
            return claim(false);
        } catch (WalbrookException e) {
            if (e.kind().directive() != Directive.RETRY) {
                throw e;
            }
            LOG.warn("{} (again with the first records)", e.getMessage());
            return Map.of();
        }
    }

    /**
     * Asks where partitions are after a failure that left that open. The consumer has to go back there.
     *
     * @throws WalbrookException if the target cannot be reached
     */
    public Map<TopicPartition, Long> goBack() {
        List<TopicPartition> unsure = progress.unsure();
        if (unsure.isEmpty()) {
            return Map.of();
        }
        boolean known = false;
        try {
            Connection connection = session.connection();
            Map<TopicPartition, OffsetsTable.Entry> entries = table.read(connection, unsure);
            connection.commit();
            known = true;
            Map<TopicPartition, Long> places = new HashMap<>();
            for (TopicPartition partition : unsure) {
                Long place = progress.found(partition, entries.get(partition));
                if (place != null) {
                    places.put(partition, place);
                }
            }
            return places;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot read the offsets in " + table.name(), session.settings(), facts());
        } finally {
            if (!known) {
                session.close();
            }
        }
    }

    private Map<TopicPartition, Long> places(Map<TopicPartition, OffsetsTable.Entry> entries, boolean delivering) {
        Map<TopicPartition, Long> places = new HashMap<>();
        entries.forEach((partition, entry) -> {
            Long next = progress.claimed(partition, entry, delivering);
            LOG.info(
                    "topic={} partition={} goes on at {} as {} says (epoch {})",
                    partition.topic(),
                    partition.partition(),
                    next == null ? "the consumer's own offset" : "offset " + next,
                    table.name(),
                    entry.epoch());
            if (next != null) {
                places.put(partition, next);
            }
        });
        return places;
    }

    private void create(Connection connection) throws SQLException {
        try {
            table.create(connection);
            connection.commit();
        } catch (SQLException e) {
            if (SqlErrors.classify(e) != ErrorKind.PRIVILEGE_MISSING) {
                throw e;
            }
            throw SqlErrors.translate(
                    ErrorKind.SINK_OFFSETS_TABLE,
                    e,
                    "cannot create the table " + table.name() + " for the offsets",
                    session.settings(),
                    Map.of(
                            "ddl",
                            table.ddl().replaceAll("\\s+", " "),
                            "table",
                            table.name().toSql()));
        }
    }

    private Map<String, String> facts() {
        String schema = table.name().schema();
        return schema == null ? Map.of() : Map.of("schema", Sql.identifier(schema));
    }

    /** Stores these offsets and no others; where the target holds something else than expected, that is all it says. */
    public OffsetStore storing(List<OffsetsTable.Advance> advances) {
        return connection -> advances.isEmpty() || table.advance(connection, advances);
    }

    @Override
    public boolean store(Connection connection) throws SQLException {
        List<OffsetsTable.Advance> advances = progress.advances();
        if (advances.isEmpty() || table.advance(connection, advances)) {
            return true;
        }
        // What of it was moved is moved back, so that the table says what others left there.
        connection.rollback();
        List<TopicPartition> partitions =
                advances.stream().map(OffsetsTable.Advance::partition).toList();
        if (!progress.reconcile(table.read(connection, partitions))) {
            throw new WalbrookException(
                    ErrorKind.TRANSIENT_CONFLICT,
                    "The offsets in " + table.name() + " were changed and changed back meanwhile",
                    Map.of());
        }
        return false;
    }
}
