package dev.walbrook.admin.pipeline;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.connect.ConnectClient;
import dev.walbrook.admin.connect.ConnectorStatus;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Looks at a pipeline again and again. Outages of a part do not end it: what cannot be found out is left out and said.
 *
 * <p>Not safe for use by several threads.
 */
public final class PipelineMonitor implements AutoCloseable {

    private final Pipeline pipeline;
    private final ConnectClient connect;
    private final ConnectionSettings source;
    private final TopicProgress topics;
    private @Nullable SourceDatabase database;
    private long lastEvents = -1;
    private long lastTime;

    public PipelineMonitor(Pipeline pipeline, ConnectClient connect, ConnectionSettings source, String brokers) {
        this.pipeline = pipeline;
        this.connect = connect;
        this.source = source;
        this.topics = new TopicProgress(brokers);
    }

    /** The pipeline now. */
    public PipelineSample sample() {
        List<String> trouble = new ArrayList<>();
        List<ConnectorStatus> connectors = new ArrayList<>();
        Map<String, Long> events = new HashMap<>();
        Map<TableId, Long> tables = Map.of();
        Optional<SlotProgress> slot = Optional.empty();
        long sinkLag = 0;
        try {
            connect.status(pipeline.sourceConnector()).ifPresent(connectors::add);
            connect.status(pipeline.sinkConnector()).ifPresent(connectors::add);
        } catch (AdminException e) {
            trouble.add(e.problem());
        }
        try {
            SourceDatabase open = database != null ? database : SourceDatabase.open(source);
            database = open;
            tables = open.publishedTables(pipeline.publication());
            slot = open.slot(pipeline.slot());
        } catch (AdminException e) {
            trouble.add(e.problem());
        } catch (WalbrookException e) {
            trouble.add(e.problem());
        } catch (SQLException e) {
            trouble.add("the source database: " + e.getMessage());
            closeDatabase();
        }
        try {
            Map<TopicPartition, Long> ends = topics.endOffsets(pipeline.topics());
            ends.forEach((partition, end) -> events.merge(partition.topic(), end, Long::sum));
            Map<TopicPartition, Long> sinkEnds = new HashMap<>(ends);
            sinkEnds.keySet()
                    .removeIf(partition ->
                            !pipeline.sinkTopics().matcher(partition.topic()).matches());
            sinkLag = TopicProgress.lag(sinkEnds, topics.committed(pipeline.sinkGroup()));
        } catch (AdminException e) {
            trouble.add(e.problem());
        }
        long total = events.values().stream().mapToLong(Long::longValue).sum();
        return new PipelineSample(
                List.copyOf(connectors),
                progress(tables, events),
                total,
                rate(total),
                slot,
                sinkLag,
                List.copyOf(trouble));
    }

    private List<TableProgress> progress(Map<TableId, Long> tables, Map<String, Long> events) {
        List<TableProgress> progress = new ArrayList<>();
        tables.forEach((table, rows) -> progress.add(new TableProgress(
                table,
                topicNames(table).stream()
                        .mapToLong(topic -> events.getOrDefault(topic, 0L))
                        .max()
                        .orElse(0),
                rows)));
        return progress;
    }

    /** The names a table's topic can have, depending on the naming strategy. */
    private List<String> topicNames(TableId table) {
        String name = pipeline.topicPrefix() + '.' + table;
        return List.of(name, name.replaceAll("[^A-Za-z0-9._-]", "_"), unicodeName(name));
    }

    /** Debezium's Unicode strategy writes every other character, and the underscore that introduces it, as _uXXXX. */
    private static String unicodeName(String name) {
        StringBuilder escaped = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
            if (plain) {
                escaped.append(c);
            } else {
                escaped.append(String.format(Locale.ROOT, "_u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    private double rate(long total) {
        long now = System.nanoTime();
        double rate = lastEvents < 0 ? 0 : Math.max(0, total - lastEvents) / Math.max(0.001, (now - lastTime) / 1e9);
        lastEvents = total;
        lastTime = now;
        return rate;
    }

    private void closeDatabase() {
        SourceDatabase open = database;
        database = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is being given up because it is broken.
                return;
            }
        }
    }

    @Override
    public void close() {
        closeDatabase();
        topics.close();
    }
}
