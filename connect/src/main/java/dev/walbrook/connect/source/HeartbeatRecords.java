package dev.walbrook.connect.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record now and then that says how far the stream has been emitted, so that the stored offset advances when nothing but
 * filtered changes arrives. Not thread safe.
 */
final class HeartbeatRecords implements AutoCloseable {

    private static final Schema KEY = SchemaBuilder.struct()
            .name("io.debezium.connector.common.ServerNameKey")
            .version(1)
            .field("serverName", Schema.STRING_SCHEMA)
            .build();

    private static final Schema VALUE = SchemaBuilder.struct()
            .name("io.debezium.connector.common.Heartbeat")
            .version(1)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    private final RecordSettings settings;
    private final long intervalNanos;
    private final @Nullable HeartbeatAction action;
    private final Struct key;
    private boolean ever;
    private long last;

    /** @param action what to do in the database with each heartbeat; null for nothing */
    HeartbeatRecords(RecordSettings settings, Duration interval, @Nullable HeartbeatAction action) {
        this.settings = settings;
        this.intervalNanos = interval.toNanos();
        this.action = action;
        this.key = new Struct(KEY).put("serverName", settings.topics().prefix());
    }

    /** Whether a heartbeat is due. The first one is at once. */
    boolean due() {
        return !ever || System.nanoTime() - last >= intervalNanos;
    }

    /**
     * Adds a heartbeat. Nothing waits for its delivery: the slot is confirmed by what was captured.
     *
     * @param offset where the stream is after the last record
     */
    void append(Map<String, Object> offset, List<SourceRecord> records) {
        ever = true;
        last = System.nanoTime();
        if (action != null) {
            action.beat();
        }
        records.add(new SourceRecord(
                settings.partition(),
                offset,
                settings.topics().heartbeatTopic(),
                0,
                KEY,
                key,
                VALUE,
                new Struct(VALUE).put("ts_ms", System.currentTimeMillis())));
    }

    @Override
    public void close() {
        if (action != null) {
            action.close();
        }
    }
}
