package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes that can no longer be read are noticed, said, and answered as the policy wants; normal restarts raise no alarm. */
@Timeout(120)
class LostPositionIT {

    private TestDatabase database;

    @BeforeEach
    void createTable() {
        database = TestPostgres.source().createDatabase();
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aSlotThatWasCreatedAgainIsNoticed() throws Exception {
        CapturePosition position = captureOneChange();
        recreateSlot();

        assertLost(settings(LostPositionPolicy.FAIL), position)
                .hasMessageContaining("dropped and created again")
                .hasMessageContaining("bytes of WAL")
                .hasMessageContaining("position.lost.policy=resnapshot");
    }

    @Test
    void theTablesAreReadAgainIfThePolicySaysSo() throws Exception {
        CapturePosition position = captureOneChange();
        recreateSlot();

        assertThat(linesFrom(settings(LostPositionPolicy.RESNAPSHOT), position, 3))
                .containsExactly("READ t - [1, one]", "READ t - [2, lost]", "CREATE t - [3, after]");
    }

    @Test
    void orTheSlotGoesOnWithoutTheLostChanges() throws Exception {
        CapturePosition position = captureOneChange();
        recreateSlot();

        assertThat(linesFrom(settings(LostPositionPolicy.CONTINUE), position, 1))
                .containsExactly("CREATE t - [3, after]");
    }

    @Test
    void aSlotThatIdleTimeMovedAheadIsNoAlarm() throws Exception {
        CapturePosition position = captureOneChange();
        // Somebody, such as this connector while nothing captured changed, has moved the same slot on.
        database.execute("SELECT pg_logical_emit_message(true, 'other', 'x')");
        database.execute("SELECT pg_replication_slot_advance('%s', pg_current_wal_lsn())"
                .formatted(CapturedStream.slot(database)));

        assertThat(linesFrom(settings(LostPositionPolicy.FAIL), position, 1)).containsExactly("CREATE t - [3, after]");
    }

    @Test
    void anotherClusterIsNoticed() throws Exception {
        CapturePosition position = captureOneChange();

        assertLost(
                        settings(LostPositionPolicy.FAIL),
                        position.at(new ServerIdentity("123456789", 1), position.commitTimeMicros()))
                .hasMessageContaining("123456789");
    }

    @Test
    void aRestoredServerIsNoticed() throws Exception {
        CapturePosition position = captureOneChange();
        CapturePosition future = new CapturePosition(
                new Lsn(position.lastTransactionEnd().value() + (1L << 32)),
                Lsn.INVALID,
                0,
                CapturePosition.SnapshotState.NONE,
                null,
                position.server(),
                position.commitTimeMicros());

        assertLost(settings(LostPositionPolicy.FAIL), future)
                .hasMessageContaining("restored from a backup")
                .hasMessageContaining("committed 2");
        // The slot must not be told the position of the other history.
        assertThat(linesFrom(settings(LostPositionPolicy.CONTINUE), future, 1))
                .last()
                .isEqualTo("CREATE t - [3, after]");
    }

    @Test
    void aTimelineThatIsNoAncestorIsNoticed() throws Exception {
        CapturePosition position = captureOneChange();
        ServerIdentity here = position.server();
        assertThat(here).isNotNull();

        assertLost(
                        settings(LostPositionPolicy.FAIL),
                        position.at(new ServerIdentity(here.systemId(), here.timeline() + 1), 0))
                .hasMessageContaining("timeline");
    }

    private CapturePosition captureOneChange() throws InterruptedException {
        CaptureSettings settings = settings(LostPositionPolicy.FAIL);
        try (CapturedStream stream = CapturedStream.start(settings, null)) {
            // The slot is there once the (empty) snapshot is.
            Awaitility.await().until(() -> "1"
                    .equals(database.queryString(
                            "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '%s' AND active"
                                    .formatted(CapturedStream.slot(database)))));
            database.execute("INSERT INTO t VALUES (1, 'one')");
            CapturePosition position = stream.until(lines -> !lines.isEmpty()).position();
            assertThat(position).isNotNull();
            return position;
        }
    }

    private void recreateSlot() {
        String slot = CapturedStream.slot(database);
        Awaitility.await().until(() -> "0"
                .equals(database.queryString(
                        "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '%s' AND active"
                                .formatted(slot))));
        database.execute(
                "SELECT pg_drop_replication_slot('%s')".formatted(slot),
                "INSERT INTO t VALUES (2, 'lost')",
                "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
    }

    private List<String> linesFrom(CaptureSettings settings, CapturePosition position, int count)
            throws InterruptedException {
        try (CapturedStream stream = CapturedStream.start(settings, position)) {
            Awaitility.await().until(() -> "1"
                    .equals(database.queryString(
                            """
                            SELECT count(*) FROM pg_replication_slots s JOIN pg_stat_replication r ON r.pid = s.active_pid
                            WHERE s.slot_name = '%s' AND r.state IN ('catchup', 'streaming')"""
                                    .formatted(CapturedStream.slot(database)))));
            database.execute("INSERT INTO t VALUES (3, 'after')");
            return stream.until(lines ->
                            lines.size() >= count && lines.get(lines.size() - 1).contains("after"))
                    .lines();
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertLost(
            CaptureSettings settings, CapturePosition position) {
        return assertThatThrownBy(() -> {
                    try (CapturedStream stream = CapturedStream.start(settings, position)) {
                        stream.until(lines -> !lines.isEmpty());
                    }
                })
                .isInstanceOfSatisfying(
                        WalbrookException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.POSITION_LOST));
    }

    private CaptureSettings settings(LostPositionPolicy policy) {
        return CapturedStream.settings(database, new PositionSettings(policy, true, Map.of()));
    }
}
