package dev.walbrook.capture;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.pgoutput.TupleData;
import dev.walbrook.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A capture that runs until it is closed, with what it has emitted so far as readable lines. Acknowledges nothing by itself.
 */
final class CapturedStream implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);

    private final Capture capture;
    private final List<String> lines = new ArrayList<>();
    private final List<SnapshotMarker> markers = new ArrayList<>();
    private final List<RowChange> changes = new ArrayList<>();
    private @Nullable CapturePosition position;

    private CapturedStream(Capture capture, @Nullable CapturePosition start) {
        this.capture = capture;
        this.position = start;
    }

    static CapturedStream start(CaptureSettings settings, @Nullable CapturePosition position) {
        CapturedStream stream = new CapturedStream(new Capture(settings, position), position);
        stream.capture.start();
        return stream;
    }

    static CaptureSettings settings(TestDatabase database) {
        return settings(database, 32 << 20, SnapshotMode.INITIAL);
    }

    /**
     * Settings under which every event is handed over by itself, and the slot stays where it was made, so that a stream can
     * begin before one that began later. Otherwise the slot is told the beginning of each.
     */
    static CaptureSettings oneByOne(TestDatabase database) {
        return settings(
                connection(database),
                new TableFilter(null, null, "public.*", null),
                1,
                32 << 20,
                SnapshotSettings.of(SnapshotPolicy.of(SnapshotMode.INITIAL)),
                new PositionSettings(LostPositionPolicy.FAIL, false, Map.of()));
    }

    static CaptureSettings settings(TestDatabase database, long handOverBytes, SnapshotMode mode) {
        return settings(connection(database), 100, handOverBytes, mode);
    }

    /** A snapshot of all tables, with nothing out of the ordinary but what is given. */
    static SnapshotSettings snapshot(
            SnapshotMode mode, @Nullable Duration lockTimeout, int connections, @Nullable RangeSettings ranges) {
        return new SnapshotSettings(
                SnapshotPolicy.of(mode),
                List.of(),
                Map.of(),
                SnapshotSettings.Order.DISABLED,
                true,
                lockTimeout,
                Duration.ZERO,
                Duration.ZERO,
                connections,
                ranges);
    }

    static ConnectionSettings connection(TestDatabase database) {
        return new ConnectionSettings(
                database.host(), database.port(), database.name(), database.user(), database.password(), Map.of());
    }

    static CaptureSettings settings(TestDatabase database, PositionSettings position) {
        return settings(
                connection(database),
                new TableFilter(null, null, "public.*", null),
                100,
                32 << 20,
                SnapshotSettings.of(SnapshotPolicy.of(SnapshotMode.INITIAL)),
                position);
    }

    static CaptureSettings settings(
            ConnectionSettings connection, int chunkEvents, long handOverBytes, SnapshotMode mode) {
        return settings(
                connection,
                new TableFilter(null, null, "public.*", null),
                chunkEvents,
                handOverBytes,
                SnapshotSettings.of(SnapshotPolicy.of(mode)),
                PositionSettings.DEFAULT);
    }

    static CaptureSettings settings(
            ConnectionSettings connection,
            TableFilter tables,
            int chunkEvents,
            long handOverBytes,
            SnapshotSettings snapshot) {
        return settings(connection, tables, chunkEvents, handOverBytes, snapshot, PositionSettings.DEFAULT);
    }

    private static CaptureSettings settings(
            ConnectionSettings connection,
            TableFilter tables,
            int chunkEvents,
            long handOverBytes,
            SnapshotSettings snapshot,
            PositionSettings position) {
        return settings(connection, tables, chunkEvents, handOverBytes, snapshot, position, PublicationMode.FILTERED);
    }

    static CaptureSettings settings(ConnectionSettings connection, PublicationMode publication) {
        return settings(
                connection,
                new TableFilter(null, null, "public.*", null),
                100,
                32 << 20,
                SnapshotSettings.of(SnapshotPolicy.of(SnapshotMode.INITIAL)),
                PositionSettings.DEFAULT,
                publication);
    }

    private static CaptureSettings settings(
            ConnectionSettings connection,
            TableFilter tables,
            int chunkEvents,
            long handOverBytes,
            SnapshotSettings snapshot,
            PositionSettings position,
            PublicationMode publication) {
        return new CaptureSettings(
                "test",
                connection,
                "slot_" + connection.database(),
                false,
                false,
                "walbrook",
                publication,
                false,
                tables,
                snapshot,
                chunkEvents,
                handOverBytes,
                position,
                Duration.ofSeconds(1),
                2,
                Duration.ofMillis(200),
                -1,
                Duration.ofSeconds(1),
                CaptureDetails.DEFAULT);
    }

    static String slot(TestDatabase database) {
        return "slot_" + database.name();
    }

    /** Takes events, without acknowledging them, until the lines satisfy the condition. */
    CapturedStream until(Predicate<List<String>> condition) throws InterruptedException {
        return until(condition, false);
    }

    /** Takes and acknowledges events until the lines satisfy the condition. */
    CapturedStream delivering(Predicate<List<String>> condition) throws InterruptedException {
        return until(condition, true);
    }

    private CapturedStream until(Predicate<List<String>> condition, boolean deliver) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.test(lines)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not in time; got " + lines.size() + " lines, the last of them "
                        + lines.subList(Math.max(0, lines.size() - 5), lines.size()));
            }
            take(1, deliver);
        }
        return this;
    }

    private void take(int max, boolean deliver) throws InterruptedException {
        for (CaptureEvent event : capture.handOver().take(max, Duration.ofMillis(100))) {
            if (event instanceof RowChange change) {
                Acknowledgements.Unit unit = capture.acknowledgements().current();
                unit.add();
                lines.add(line(change));
                markers.add(change.marker());
                changes.add(change);
                position = change.position();
                if (deliver) {
                    unit.delivered();
                }
            } else if (event instanceof TableTruncation truncation) {
                lines.add("TRUNCATE " + truncation.table().id());
                position = truncation.position();
            } else if (event instanceof EmittedMessage message) {
                lines.add("MESSAGE " + message.prefix() + " " + new String(message.content(), StandardCharsets.UTF_8));
                position = message.position();
            } else if (event instanceof Progress progress) {
                capture.acknowledgements().progress(progress.position());
            }
        }
    }

    List<String> lines() {
        return lines;
    }

    /** Of each row's line, the change itself. */
    List<RowChange> changes() {
        return changes;
    }

    /** Of each row's line, its place in the snapshot. */
    List<SnapshotMarker> markers() {
        return markers;
    }

    /** The position after the last line. */
    @Nullable
    CapturePosition position() {
        return position;
    }

    Capture capture() {
        return capture;
    }

    @Override
    public void close() throws InterruptedException {
        capture.close();
    }

    private static String line(RowChange change) {
        return change.operation() + " " + change.table().id().name() + " " + row(change.before()) + " "
                + row(change.after());
    }

    private static String row(@Nullable TupleData tuple) {
        if (tuple == null) {
            return "-";
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < tuple.columnCount(); i++) {
            values.add(tuple.kind(i) == TupleData.TEXT ? tuple.text(i) : String.valueOf((char) tuple.kind(i)));
        }
        return values.toString();
    }
}
