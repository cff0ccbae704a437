package dev.walbrook.admin.compare;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.pipeline.Pipeline;
import dev.walbrook.admin.pipeline.SlotProgress;
import dev.walbrook.admin.pipeline.SourceDatabase;
import dev.walbrook.admin.pipeline.TopicProgress;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Compares source and sink while changes flow.
 *
 * <p>The pipeline must first have passed the source's current position. A table found equal once is equal: then every
 * change up to some moment is in the sink, and nothing else. One found unequal is looked at again after the pipeline has
 * passed the then current position, because a change in flight is not a difference; it is different when neither side has
 * changed between two such looks, or when the time is over.
 */
public final class Comparison {

    private static final Duration PAUSE = Duration.ofMillis(200);
    /** How long to wait for the sink's committed offsets before looking anyway: the sink may commit them rarely. */
    private static final Duration SINK_PATIENCE = Duration.ofSeconds(3);

    private static final int SAMPLE_KEYS = 10;

    private final Pipeline pipeline;
    private final ConnectionSettings source;
    private final ConnectionSettings sink;
    private final String brokers;
    private final Duration limit;

    /**
     * @param pipeline the connectors between the two
     * @param source the source database
     * @param sink the sink database
     * @param brokers the Kafka brokers, {@code host:port}
     * @param limit how long to wait for the pipeline and for differences to go away
     */
    public Comparison(
            Pipeline pipeline, ConnectionSettings source, ConnectionSettings sink, String brokers, Duration limit) {
        this.pipeline = pipeline;
        this.source = source;
        this.sink = sink;
        this.brokers = brokers;
        this.limit = limit;
    }

    /**
     * Compares every captured table.
     *
     * @param only names as {@code schema.table} or {@code table}; empty for all
     * @throws AdminException if the pipeline does not move, a named table is not captured, or a database refuses a query
     */
    public ComparisonResult run(Collection<String> only) {
        long begin = System.nanoTime();
        try (SourceDatabase progress = SourceDatabase.open(source);
                TopicProgress topics = new TopicProgress(brokers);
                ComparedDatabase left = ComparedDatabase.open(source);
                ComparedDatabase right = ComparedDatabase.open(sink)) {
            Set<TableId> tables = tables(progress, only);
            return new Round(progress, topics, left, right, begin + limit.toNanos()).run(tables, begin);
        } catch (SQLException e) {
            throw new AdminException("a query of the comparison failed: " + e.getMessage(), "", e);
        }
    }

    private Set<TableId> tables(SourceDatabase progress, Collection<String> only) throws SQLException {
        Set<TableId> published =
                progress.publishedTables(pipeline.publication()).keySet();
        if (published.isEmpty()) {
            throw new AdminException(
                    "the publication " + pipeline.publication() + " of " + source + " has no tables",
                    "Check that the source connector runs and what its table.include.list says.");
        }
        if (only.isEmpty()) {
            return published;
        }
        Set<TableId> wanted = new TreeSet<>();
        for (String name : only) {
            List<TableId> found = published.stream()
                    .filter(table ->
                            table.toString().equals(name) || table.name().equals(name))
                    .toList();
            if (found.isEmpty()) {
                throw new AdminException(
                        "table " + name + " is not captured", "Captured are " + new TreeSet<>(published) + ".");
            }
            wanted.addAll(found);
        }
        return wanted;
    }

    /** What one run holds open. */
    private final class Round {

        private final SourceDatabase progress;
        private final TopicProgress topics;
        private final ComparedDatabase left;
        private final ComparedDatabase right;
        private final long deadline;

        Round(
                SourceDatabase progress,
                TopicProgress topics,
                ComparedDatabase left,
                ComparedDatabase right,
                long deadline) {
            this.progress = progress;
            this.topics = topics;
            this.left = left;
            this.right = right;
            this.deadline = deadline;
        }

        ComparisonResult run(Set<TableId> tables, long begin) throws SQLException {
            Map<TableId, TableComparison> results = new TreeMap<>();
            Set<TableId> open = new TreeSet<>(tables);
            Lsn lsn = awaitSource();
            boolean sinkPassed = awaitSink(SINK_PATIENCE);
            while (true) {
                Map<TableId, TableComparison> before = new LinkedHashMap<>(results);
                begin(left.connection());
                begin(right.connection());
                for (TableId table : open) {
                    results.put(table, compare(table, false, false));
                }
                end(left.connection());
                end(right.connection());
                open.removeIf(table -> isEqual(results, table));
                if (open.isEmpty()) {
                    break;
                }
                // Without the sink's commit an unequal table may simply be one whose changes are still on the way.
                if (sinkPassed && open.stream().allMatch(table -> sameAs(results.get(table), before.get(table)))) {
                    explain(open, results, false);
                    break;
                }
                if (System.nanoTime() > deadline) {
                    explain(open, results, true);
                    break;
                }
                pause();
                lsn = awaitSource();
                sinkPassed = awaitSink(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            return new ComparisonResult(
                    List.copyOf(results.values()), lsn, Duration.ofNanos(System.nanoTime() - begin));
        }

        private boolean isEqual(Map<TableId, TableComparison> results, TableId table) {
            TableComparison result = results.get(table);
            return result != null && result.isEqual();
        }

        private boolean sameAs(@Nullable TableComparison now, @Nullable TableComparison before) {
            return now != null
                    && before != null
                    && now.source().equals(before.source())
                    && Objects.equals(now.sink(), before.sink());
        }

        private void explain(Set<TableId> open, Map<TableId, TableComparison> results, boolean moving)
                throws SQLException {
            begin(left.connection());
            begin(right.connection());
            for (TableId table : open) {
                results.put(table, compare(table, true, moving));
            }
            end(left.connection());
            end(right.connection());
        }

        private TableComparison compare(TableId id, boolean withKeys, boolean moving) throws SQLException {
            ComparedTable ours = left.table(id)
                    .orElseThrow(() ->
                            new AdminException("table " + id + " was dropped during the comparison", "Run it again."));
            Optional<ComparedTable> theirs = right.table(id);
            if (theirs.isEmpty()) {
                Fingerprint rows = left.fingerprint(ours, ours);
                // Connect makes a topic, and the sink a table, with the first event; an empty table has none of either.
                Fingerprint none = rows.rows() == 0 ? rows : null;
                return new TableComparison(id, rows, none, List.of(), List.of(), moving);
            }
            ComparedTable other = theirs.get();
            Fingerprint source = left.fingerprint(ours, other);
            Fingerprint sink = right.fingerprint(other, ours);
            List<KeyDifference> differences = List.of();
            if (withKeys
                    && !source.equals(sink)
                    && !ours.key().isEmpty()
                    && other.columns().keySet().containsAll(ours.key())) {
                differences = KeyMerge.differences(left, ours, right, other, SAMPLE_KEYS);
            }
            return new TableComparison(id, source, sink, ColumnNotes.of(ours, other), differences, moving);
        }

        /** Waits until the slot has been told that everything up to now is safely in Kafka. */
        private Lsn awaitSource() throws SQLException {
            Lsn target = progress.mark();
            while (true) {
                Optional<SlotProgress> slot = progress.slot(pipeline.slot());
                if (slot.isEmpty()) {
                    throw new AdminException(
                            "the source has no replication slot named " + pipeline.slot(),
                            "Check that connector " + pipeline.sourceConnector() + " runs: walbrook status");
                }
                if (!slot.get().confirmed().isBefore(target)) {
                    return target;
                }
                if (System.nanoTime() > deadline) {
                    throw new AdminException(
                            "the pipeline has not passed the source's position " + target + " within "
                                    + limit.toSeconds() + " s; slot " + pipeline.slot() + " is at "
                                    + slot.get().confirmed() + (slot.get().active() ? "" : " and nobody reads it"),
                            "See walbrook status for the connectors' states, or wait longer with --timeout.");
                }
                pause();
            }
        }

        /** Waits until the sink has committed all that is in its topics now; false if it has not in this time. */
        private boolean awaitSink(Duration patience) {
            long until = System.nanoTime() + patience.toNanos();
            Map<TopicPartition, Long> ends = topics.endOffsets(pipeline.sinkTopics());
            while (TopicProgress.lag(ends, topics.committed(pipeline.sinkGroup())) > 0) {
                if (System.nanoTime() > until) {
                    return false;
                }
                pause();
            }
            return true;
        }
    }

    /** One snapshot for all tables; also what lets the driver read through a cursor. */
    private static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
    }

    private static void end(Connection connection) throws SQLException {
        connection.rollback();
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new AdminException("the comparison was interrupted", "");
        }
    }
}
