package dev.walbrook.postgres.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TestConnections;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReplicationIT {

    private static TestPostgres server;
    private static TestDatabase shop;
    private static TestDatabase other;

    private Connection connection;
    private ReplicationSlots slots;

    @BeforeAll
    static void start() {
        server = TestPostgres.fresh(Map.of("max_replication_slots", "3"));
        shop = server.createDatabase();
        other = server.createDatabase();
        shop.execute(
                "CREATE TABLE item (id int PRIMARY KEY, name text)",
                "CREATE PUBLICATION \"Shop's pub\" FOR TABLE item");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        shop.execute("TRUNCATE item");
        connection = Connections.open(TestConnections.settings(shop), "test");
        slots = new ReplicationSlots(connection);
    }

    @AfterEach
    void dropSlots() throws SQLException {
        await().untilAsserted(() -> assertThat(TestConnections.ask(
                        connection,
                        "SELECT count(pg_drop_replication_slot(slot_name)) FROM pg_replication_slots WHERE true"))
                .isNotNull());
        connection.close();
    }

    @Test
    void theExportedSnapshotIsOthersToReadUntilTheNextCommand() throws SQLException {
        shop.execute("INSERT INTO item VALUES (1, 'before')");

        try (ReplicationConnection replication = ReplicationConnection.open(TestConnections.settings(shop), "test")) {
            CreatedSlot created = replication.createSlot("a", false, false);
            shop.execute("INSERT INTO item VALUES (2, 'after')");

            assertThat(countIn(created.snapshotName())).isEqualTo("1");
            SlotState state = slots.find("a");
            assertThat(state.confirmedFlushLsn()).isEqualTo(created.consistentPoint());
            assertThat(state.isPgoutputOf(shop.name())).isTrue();
            assertThat(state.isPgoutputOf(other.name())).isFalse();
            assertThat(state.type()).isEqualTo("logical");
            assertThat(state.active()).isFalse();
            assertThat(state.lost()).isFalse();
            assertThat(state.walStatus()).isEqualTo("reserved");

            replication.identify();
            assertThatThrownBy(() -> countIn(created.snapshotName())).isInstanceOf(SQLException.class);
        }
    }

    @Test
    void aTemporarySlotGoesWithItsConnection() {
        try (ReplicationConnection replication = ReplicationConnection.open(TestConnections.settings(shop), "test")) {
            replication.createSlot("temp", true, false);
            assertThat(slots.find("temp").temporary()).isTrue();
        }

        await().untilAsserted(() -> assertThat(slots.find("temp")).isNull());
    }

    @Test
    void aFailoverSlotNeedsPostgres17() {
        try (ReplicationConnection replication = ReplicationConnection.open(TestConnections.settings(shop), "test")) {
            if (TestPostgres.version() >= 17) {
                assertThat(replication.createSlot("a", false, true).name()).isEqualTo("a");
            } else {
                WalbrookException failure = failure(() -> replication.createSlot("a", false, true));
                assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION);
            }
        }
    }

    @Test
    void streamsTheBytesOfTheChanges() {
        createSlot("a");
        shop.execute("INSERT INTO item VALUES (1, 'one'), (2, 'two')");

        try (ReplicationStream stream = stream("a")) {
            List<Lsn> positions = new ArrayList<>();
            String kinds = "";
            while (!kinds.endsWith("C")) {
                awaitNext(stream);
                kinds += (char) stream.buffer()[stream.offset()];
                positions.add(stream.position());
                assertThat(stream.length()).isPositive();
                assertThat(stream.offset() + stream.length()).isLessThanOrEqualTo(stream.buffer().length);
            }

            assertThat(kinds).isEqualTo("BRIIC");
            assertThat(positions.get(4)).isEqualTo(stream.keepAliveLsn()).isGreaterThan(positions.get(3));
        }
    }

    @Test
    void whatIsConfirmedIsNotSentAgain() {
        createSlot("a");
        shop.execute("INSERT INTO item VALUES (1, 'one')");
        Lsn end;
        try (ReplicationStream stream = stream("a")) {
            end = awaitCommit(stream);
            stream.confirm(end);
            stream.confirm(new Lsn(end.value() - 1));
            assertThat(stream.confirmedLsn()).isEqualTo(end);

            stream.sendStatus();

            await().untilAsserted(() ->
                    assertThat(slots.find("a").confirmedFlushLsn()).isEqualTo(end));
        }
        awaitInactive("a");
        shop.execute("DELETE FROM item");

        try (ReplicationStream stream = stream("a")) {
            awaitNext(stream);
            assertThat(stream.position()).isGreaterThanOrEqualTo(end);
        }
    }

    @Test
    void closingReportsTheLastPosition() {
        createSlot("a");
        shop.execute("INSERT INTO item VALUES (1, 'one')");
        ReplicationStream stream = stream("a");
        Lsn end = awaitCommit(stream);
        stream.confirm(end);

        stream.close();

        await().untilAsserted(
                        () -> assertThat(slots.find("a").confirmedFlushLsn()).isEqualTo(end));
        awaitInactive("a");
    }

    @Test
    void theKeepAlivePositionPassesWhatNobodyCaptures() throws SQLException {
        createSlot("a");
        try (ReplicationStream stream = stream("a")) {
            shop.execute("CREATE TABLE IF NOT EXISTS other (id int)", "INSERT INTO other VALUES (1)");
            Lsn current = Lsn.parse(TestConnections.ask(connection, "SELECT pg_current_wal_lsn()"));

            await().untilAsserted(() -> {
                assertThat(stream.next()).isFalse();
                assertThat(stream.keepAliveLsn()).isGreaterThanOrEqualTo(current);
            });
        }
    }

    @Test
    void closingDoesNotReadOnToTheEndOfALargeTransaction() {
        createSlot("a");
        shop.execute("INSERT INTO item SELECT n, repeat('x', 1000) FROM generate_series(1, 300000) n");
        ReplicationStream stream = stream("a");
        awaitNext(stream);

        long started = System.nanoTime();
        stream.close();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        awaitInactive("a");
    }

    @Test
    void aSlotInUseByAnother() {
        createSlot("a");
        try (ReplicationStream first = stream("a")) {
            assertThat(first.next()).isFalse();
            SlotState state = slots.find("a");
            assertThat(state.active()).isTrue();
            assertThat(state.activePid()).isNotNull();

            WalbrookException failure = failure(() -> stream("a"));

            assertThat(failure.kind()).isEqualTo(ErrorKind.SLOT_IN_USE);
            assertThat(failure)
                    .hasMessageContaining("active for PID " + state.activePid())
                    .hasMessageContaining("Stop the other process that reads slot a");
            assertThat(failure(() -> slots.drop("a")).kind()).isEqualTo(ErrorKind.SLOT_IN_USE);
        }
    }

    @Test
    void aSlotThatIsNotThere() {
        assertThat(slots.find("none")).isNull();
        assertThat(failure(() -> slots.drop("none")).kind()).isEqualTo(ErrorKind.SLOT_MISSING);

        WalbrookException failure = failure(() -> stream("none"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.SLOT_MISSING);
        assertThat(failure).hasMessageContaining("restore the slot none");
    }

    @Test
    void aSlotOfAnotherDatabase() {
        other.execute("SELECT pg_create_logical_replication_slot('a', 'pgoutput')");

        WalbrookException failure = failure(() -> stream("a"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.SLOT_WRONG);
        assertThat(failure).hasMessageContaining("SELECT pg_drop_replication_slot('a');");
    }

    @Test
    void aPhysicalSlot() {
        other.execute("SELECT pg_create_physical_replication_slot('a', true)");

        assertThat(slots.find("a").isPgoutputOf(shop.name())).isFalse();
        assertThat(failure(() -> stream("a")).kind()).isEqualTo(ErrorKind.SLOT_WRONG);
    }

    @Test
    void noFreeSlot() {
        createSlot("a");
        createSlot("b");
        createSlot("c");

        WalbrookException failure = failure(() -> createSlot("d"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.NO_FREE_SLOT);
        assertThat(failure).hasMessageContaining("raise max_replication_slots");
    }

    @Test
    void aSlotThatExistsAlready() {
        createSlot("a");

        assertThat(failure(() -> createSlot("a")).kind()).isEqualTo(ErrorKind.TRANSIENT_CONFLICT);
    }

    @Test
    void anInvalidOption() {
        createSlot("a");

        try (ReplicationConnection replication = ReplicationConnection.open(TestConnections.settings(shop), "test")) {
            WalbrookException failure =
                    failure(() -> replication.start("a", Lsn.INVALID, "Shop's pub", Map.of("proto_version", "99")));

            assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION);
            assertThat(failure).hasMessageContaining("proto_version=99");
        }
    }

    @Test
    void creatingASlotWaitsForOpenTransactionsUntilItIsCancelled() throws Exception {
        try (Connection open = shop.connection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO item VALUES (1, 'open')");
            ReplicationConnection replication = ReplicationConnection.open(TestConnections.settings(shop), "waiting");
            CompletableFuture<WalbrookException> failure =
                    CompletableFuture.supplyAsync(() -> failure(() -> replication.createSlot("a", false, false)));
            await().untilAsserted(() -> assertThat(TestConnections.ask(
                            connection,
                            "SELECT count(*) FROM pg_stat_activity"
                                    + " WHERE application_name = 'waiting' AND wait_event_type = 'Lock'"))
                    .isEqualTo("1"));

            replication.close();

            assertThat(failure.get(10, TimeUnit.SECONDS).kind())
                    .isIn(ErrorKind.TRANSIENT_CONFLICT, ErrorKind.CONNECTION_LOST);
            await().untilAsserted(() -> assertThat(slots.find("a")).isNull());
        }
    }

    @Test
    void theWalSenderIsTerminated() {
        createSlot("a");
        try (ReplicationStream stream = stream("a")) {
            assertThat(stream.next()).isFalse();

            shop.execute("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots");

            WalbrookException failure = awaitFailure(stream);
            assertThat(failure.kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
            assertThat(failure).hasMessageContaining("reconnects by itself");
        }
    }

    private static void createSlot(String name) {
        try (ReplicationConnection replication = ReplicationConnection.open(TestConnections.settings(shop), "test")) {
            replication.createSlot(name, false, false);
        }
    }

    /** A stream from where the slot is; what it took is given back if it cannot start. */
    private static ReplicationStream stream(String slot) {
        ReplicationConnection replication = ReplicationConnection.open(TestConnections.settings(shop), "test");
        try {
            return replication.start(slot, Lsn.INVALID, "Shop's pub", Map.of());
        } catch (WalbrookException e) {
            replication.close();
            throw e;
        }
    }

    private void awaitInactive(String slot) {
        await().untilAsserted(() -> assertThat(slots.find(slot).active()).isFalse());
    }

    private static void awaitNext(ReplicationStream stream) {
        await().pollInterval(Duration.ofMillis(1)).until(stream::next);
    }

    private static Lsn awaitCommit(ReplicationStream stream) {
        do {
            awaitNext(stream);
        } while (stream.buffer()[stream.offset()] != 'C');
        return stream.position();
    }

    static WalbrookException awaitFailure(ReplicationStream stream) {
        return await().until(() -> failure(stream::next), failure -> failure != null);
    }

    private static String countIn(String snapshot) throws SQLException {
        try (Connection reader = Connections.open(TestConnections.settings(shop), "test");
                Statement statement = reader.createStatement()) {
            reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            reader.setAutoCommit(false);
            statement.execute("SET TRANSACTION SNAPSHOT '" + snapshot + "'");
            return TestConnections.ask(reader, "SELECT count(*) FROM item");
        }
    }

    private static WalbrookException failure(ThrowingCallable action) {
        return catchThrowableOfType(WalbrookException.class, action);
    }
}
