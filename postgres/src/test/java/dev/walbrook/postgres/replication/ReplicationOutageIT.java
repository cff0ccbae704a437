package dev.walbrook.postgres.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TestConnections;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends a server's or a slot's life, and so needs a server for each test. */
@Timeout(90)
class ReplicationOutageIT {

    private TestPostgres server;
    private TestDatabase database;
    private ConnectionSettings settings;

    @BeforeEach
    void start() {
        server = TestPostgres.fresh(
                Map.of("max_slot_wal_keep_size", "1MB", "max_wal_size", "32MB", "min_wal_size", "32MB"));
        database = server.createDatabase();
        database.execute(
                "CREATE TABLE item (id int PRIMARY KEY)",
                "CREATE PUBLICATION pub FOR TABLE item",
                "SELECT pg_create_logical_replication_slot('a', 'pgoutput')");
        settings = TestConnections.settings(database);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theServerIsKilledAndComesBack() {
        ReplicationStream stream = stream();
        assertThat(stream.next()).isFalse();

        server.server().kill();

        WalbrookException lost = await().until(() -> failure(stream), failure -> failure != null);
        assertThat(lost.kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
        assertThat(lost).hasMessageContaining("reconnects by itself");
        stream.close();
        WalbrookException refused = catchThrowableOfType(WalbrookException.class, this::stream);
        assertThat(refused.kind()).isEqualTo(ErrorKind.CANNOT_CONNECT);

        server.server().start();

        database.execute("INSERT INTO item VALUES (1)");
        try (ReplicationStream again = stream()) {
            await().until(again::next);
            assertThat(again.buffer()[again.offset()]).isEqualTo((byte) 'B');
        }
    }

    @Test
    void theServerStopsInOrderOnceEverythingIsConfirmed() {
        ReplicationStream stream = stream();
        Thread stopping = new Thread(server.server()::stop);
        stopping.start();

        WalbrookException lost = await().until(
                        () -> {
                            stream.confirm(stream.keepAliveLsn());
                            return failure(stream);
                        },
                        failure -> failure != null);

        assertThat(lost.kind()).isEqualTo(ErrorKind.CONNECTION_LOST);
        stream.close();
        await().untilAsserted(() -> assertThat(stopping.isAlive()).isFalse());
    }

    @Test
    void theWalThatTheSlotNeedsIsRemoved() throws SQLException {
        for (int i = 0; i < 3; i++) {
            database.execute("CREATE TABLE t" + i + "()", "SELECT pg_switch_wal()", "CHECKPOINT");
        }
        try (Connection connection = Connections.open(settings, "test")) {
            ReplicationSlots slots = new ReplicationSlots(connection);
            await().untilAsserted(() -> assertThat(slots.find("a").lost()).isTrue());
            assertThat(slots.find("a").walStatus()).isEqualTo("lost");
            assertThat(slots.find("a").invalidationReason()).isEqualTo("wal_removed");
        }

        WalbrookException failure = catchThrowableOfType(WalbrookException.class, this::stream);

        assertThat(failure.kind()).isEqualTo(ErrorKind.SLOT_LOST);
        assertThat(failure).hasMessageContaining("SELECT pg_drop_replication_slot('a');");
    }

    private ReplicationStream stream() {
        ReplicationConnection replication = ReplicationConnection.open(settings, "test");
        try {
            return replication.start("a", Lsn.INVALID, "pub", Map.of());
        } catch (WalbrookException e) {
            replication.close();
            throw e;
        }
    }

    private static WalbrookException failure(ReplicationStream stream) {
        return catchThrowableOfType(WalbrookException.class, stream::next);
    }
}
