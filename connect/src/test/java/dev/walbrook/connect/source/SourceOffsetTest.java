package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.capture.CapturePosition;
import dev.walbrook.capture.CapturePosition.SnapshotState;
import dev.walbrook.capture.ChangePlace;
import dev.walbrook.capture.ServerIdentity;
import dev.walbrook.capture.Transaction;
import dev.walbrook.postgres.Lsn;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceOffsetTest {

    private static final long MICROS = 1_700_000_000_000_000L;
    private static final ServerIdentity SERVER = new ServerIdentity("7404850312031", 2);
    private static final Transaction TRANSACTION = new Transaction(77, new Lsn(500), new Lsn(400), MICROS, SERVER);

    @ParameterizedTest
    @MethodSource("positions")
    void whatIsStoredIsReadBack(CapturePosition position) {
        Map<String, Object> stored = SourceOffset.toMap(position, new Lsn(450), 1, TRANSACTION, "INSERT");

        assertThat(SourceOffset.fromMap(stored)).isEqualTo(position);
    }

    static Stream<CapturePosition> positions() {
        return Stream.of(
                position(400, 500, 3, SnapshotState.NONE),
                position(400, 0, 0, SnapshotState.NONE),
                position(400, 0, 0, SnapshotState.RUNNING),
                position(400, 0, 0, SnapshotState.COMPLETED),
                position(0x8000_0000_0000_0001L, 0, 0, SnapshotState.NONE));
    }

    private static CapturePosition position(long end, long open, long ordinal, SnapshotState snapshot) {
        return new CapturePosition(new Lsn(end), new Lsn(open), ordinal, snapshot, null, SERVER, MICROS);
    }

    @Test
    void debeziumsKeysStandBesideOurs() {
        assertThat(SourceOffset.toMap(
                        position(400, 500, 3, SnapshotState.NONE), new Lsn(450), 2, TRANSACTION, "UPDATE"))
                .containsEntry("lsn", 450L)
                .containsEntry("lsn_proc", 450L)
                .containsEntry("lsn_commit", 400L)
                .containsEntry("lsn_events_processed", 2L)
                .containsEntry("txId", 77L)
                .containsEntry("ts_usec", MICROS)
                .containsEntry("messageType", "UPDATE");
    }

    @Test
    void aSnapshotsOffsetTellsDebeziumWhereToStreamFrom() {
        // The WAL has gone on to 450 while the tables were read.
        assertThat(SourceOffset.toMap(position(400, 0, 0, SnapshotState.COMPLETED), new Lsn(450), 1, TRANSACTION, "r"))
                .containsEntry("lsn", 400L)
                .containsEntry("snapshot", "INITIAL")
                .containsEntry("snapshot_completed", true)
                .containsEntry("last_snapshot_record", true)
                .doesNotContainKeys("lsn_proc", "messageType");
    }

    @Test
    void ownKeysBesideChangedOnesAreNotBelieved() {
        Map<String, Object> stored = new HashMap<>(
                SourceOffset.toMap(position(400, 500, 3, SnapshotState.NONE), new Lsn(450), 1, TRANSACTION, "INSERT"));
        stored.put("lsn", 900L);
        stored.put("lsn_proc", 900L);
        stored.put("lsn_commit", 880L);
        stored.put("txId", 80L);

        CapturePosition read = SourceOffset.fromMap(stored);

        assertThat(read).isNotNull();
        assertThat(read.lastTransactionEnd()).isEqualTo(new Lsn(880));
        assertThat(read.openTransaction()).isEqualTo(Lsn.INVALID);
        assertThat(read.place()).isEqualTo(new ChangePlace(80, new Lsn(900), 1));
        assertThat(read.server()).isNull();
    }

    @ParameterizedTest
    @MethodSource("debeziumOffsets")
    void debeziumsOffsetsAreUnderstood(Map<String, Object> offset, long end, SnapshotState state, ChangePlace place) {
        CapturePosition read = SourceOffset.fromMap(offset);

        assertThat(read).isNotNull();
        assertThat(read.lastTransactionEnd()).isEqualTo(new Lsn(end));
        assertThat(read.snapshot()).isEqualTo(state);
        assertThat(read.place()).isEqualTo(place);
    }

    static Stream<Object[]> debeziumOffsets() {
        return Stream.of(
                // 3.7, in the middle of a COPY.
                new Object[] {
                    streaming(450, 400, "INSERT", 77, 3), 400L, SnapshotState.NONE, new ChangePlace(77, new Lsn(450), 3)
                },
                // 3.7, the first change of a transaction that begins where the one before ended.
                new Object[] {
                    streaming(400, 400, "INSERT", 77, 1), 400L, SnapshotState.NONE, new ChangePlace(77, new Lsn(400), 1)
                },
                // Before 3.7 nothing was counted.
                new Object[] {
                    streaming(450, 400, "UPDATE", 77, 0),
                    400L,
                    SnapshotState.NONE,
                    new ChangePlace(77, new Lsn(450), ChangePlace.UNCOUNTED)
                },
                // Heartbeats between transactions and after a BEGIN.
                new Object[] {streaming(400, 400, "COMMIT", 77, 0), 400L, SnapshotState.NONE, null},
                new Object[] {streaming(450, 400, "BEGIN", 78, 0), 400L, SnapshotState.NONE, null},
                // The first transaction after the start: no commit was seen yet.
                new Object[] {
                    Map.of(
                            "lsn",
                            450L,
                            "lsn_proc",
                            450L,
                            "txId",
                            77L,
                            "messageType",
                            "INSERT",
                            "lsn_events_processed",
                            1L),
                    450L,
                    SnapshotState.NONE,
                    new ChangePlace(77, new Lsn(450), 1)
                },
                new Object[] {
                    Map.of("lsn", 450L, "txId", 77L, "snapshot", "INITIAL", "snapshot_completed", true),
                    450L,
                    SnapshotState.COMPLETED,
                    null
                },
                new Object[] {
                    Map.of("lsn", 450L, "txId", 77L, "snapshot", "INITIAL", "snapshot_completed", false),
                    450L,
                    SnapshotState.RUNNING,
                    null
                },
                // 2.x
                new Object[] {
                    Map.of("lsn", 450L, "txId", 77L, "snapshot", true, "last_snapshot_record", true),
                    450L,
                    SnapshotState.COMPLETED,
                    null
                },
                new Object[] {
                    Map.of("lsn", 450L, "txId", 77L, "snapshot", true, "last_snapshot_record", false),
                    450L,
                    SnapshotState.RUNNING,
                    null
                },
                // An ad-hoc snapshot is no reason to take the initial one again.
                new Object[] {
                    Map.of("lsn", 450L, "lsn_proc", 450L, "lsn_commit", 400L, "snapshot", "INCREMENTAL"),
                    400L,
                    SnapshotState.NONE,
                    null
                });
    }

    private static Map<String, Object> streaming(long lsn, long commit, String type, long xid, long count) {
        Map<String, Object> offset = new HashMap<>(Map.of(
                "lsn",
                lsn,
                "lsn_proc",
                lsn,
                "lsn_commit",
                commit,
                "messageType",
                type,
                "txId",
                xid,
                "ts_usec",
                MICROS));
        if (count > 0) {
            offset.put("lsn_events_processed", count);
        }
        return offset;
    }

    @Test
    void nothingStoredIsNoPosition() {
        assertThat(SourceOffset.fromMap(null)).isNull();
    }

    @Test
    void numbersOfAnyWidthAreUnderstood() {
        assertThat(SourceOffset.fromMap(Map.of("lsn_commit", 400))).isEqualTo(CapturePosition.after(new Lsn(400)));
    }

    @Test
    void anOffsetWithoutAPositionIsRefused() {
        assertThatThrownBy(() -> SourceOffset.fromMap(Map.of("txId", 5L))).hasMessageContaining("lsn_commit");
    }
}
