package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.capture.CapturePosition;
import dev.walbrook.capture.CapturePosition.SnapshotState;
import dev.walbrook.capture.Transaction;
import dev.walbrook.postgres.Lsn;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SourceOffsetTest {

    private static final Transaction TRANSACTION =
            new Transaction(77, new Lsn(500), new Lsn(400), 1_700_000_000_000_000L);

    @ParameterizedTest
    @MethodSource("positions")
    void whatIsStoredIsReadBack(CapturePosition position) {
        Map<String, Object> stored = SourceOffset.toMap(position, new Lsn(450), TRANSACTION, "INSERT");

        assertThat(SourceOffset.fromMap(stored)).isEqualTo(position);
    }

    static Stream<CapturePosition> positions() {
        return Stream.of(
                new CapturePosition(new Lsn(400), new Lsn(500), 3, SnapshotState.NONE),
                CapturePosition.after(new Lsn(400)),
                new CapturePosition(new Lsn(400), Lsn.INVALID, 0, SnapshotState.RUNNING),
                new CapturePosition(new Lsn(400), Lsn.INVALID, 0, SnapshotState.COMPLETED),
                CapturePosition.after(new Lsn(0x8000_0000_0000_0001L)));
    }

    @Test
    void debeziumsKeysStandBesideOurs() {
        CapturePosition position = new CapturePosition(new Lsn(400), new Lsn(500), 3, SnapshotState.NONE);

        assertThat(SourceOffset.toMap(position, new Lsn(450), TRANSACTION, "UPDATE"))
                .containsEntry("lsn", 450L)
                .containsEntry("lsn_commit", 400L)
                .containsEntry("lsn_proc", 400L)
                .containsEntry("txId", 77L)
                .containsEntry("ts_usec", 1_700_000_000_000_000L)
                .containsEntry("messageType", "UPDATE");
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
