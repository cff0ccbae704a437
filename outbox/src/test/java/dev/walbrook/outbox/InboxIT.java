package dev.walbrook.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxIT {

    private final Inbox inbox = Inbox.of("billing");
    private final UUID event = UUID.randomUUID();
    private TestDatabase database;

    @BeforeEach
    void createInbox() {
        database = TestPostgres.source().createDatabase();
        database.execute(inbox.migration(), inbox.migration());
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void anEventIsNewOncePerConsumer() throws SQLException {
        try (Connection connection = transaction()) {
            assertThat(inbox.firstTime(connection, event)).isTrue();
            assertThat(inbox.firstTime(connection, event)).isFalse();
            assertThat(Inbox.of("shipping").firstTime(connection, event)).isTrue();
            connection.commit();
            assertThat(inbox.firstTime(connection, event.toString())).isFalse();
        }
    }

    @Test
    void whatWasRolledBackIsNewAgain() throws SQLException {
        try (Connection connection = transaction()) {
            inbox.firstTime(connection, event);
            connection.rollback();

            assertThat(inbox.firstTime(connection, event)).isTrue();
        }
    }

    @Test
    void twoThatProcessTheSameEventAtOnceAgreeOnOne() throws Exception {
        try (Connection first = transaction();
                Connection second = transaction()) {
            assertThat(inbox.firstTime(first, event)).isTrue();
            CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(() -> {
                try {
                    return inbox.firstTime(second, event);
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await()
                    .until(() -> !database.query("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND wait_event_type = 'Lock'")
                            .isEmpty());

            first.commit();

            assertThat(other.get(20, TimeUnit.SECONDS)).isFalse();
        }
    }

    @Test
    void forgetsOnlyWhatIsOldAndItsOwn() throws SQLException {
        database.execute(
                "INSERT INTO inbox SELECT 'billing', 'old ' || i, now() - interval '8 days' FROM generate_series(1, 10005) i",
                "INSERT INTO inbox VALUES ('billing', 'young', now()), ('shipping', 'old', now() - interval '8 days')");
        try (Connection connection = transaction()) {
            assertThat(inbox.forget(connection, Duration.ofDays(7))).isEqualTo(10_000);
            assertThat(inbox.forget(connection, Duration.ofDays(7))).isEqualTo(5);
            assertThat(inbox.forget(connection, Duration.ofDays(7))).isZero();
            connection.commit();
        }

        assertThat(database.query("SELECT consumer, event_id FROM inbox ORDER BY 1"))
                .containsExactly(List.of("billing", "young"), List.of("shipping", "old"));
    }

    @Test
    void refusesAConnectionThatCommitsByItself() throws SQLException {
        try (Connection connection = database.connection()) {
            assertThatThrownBy(() -> inbox.firstTime(connection, event)).isInstanceOf(IllegalStateException.class);
        }
    }

    private Connection transaction() throws SQLException {
        Connection connection = database.connection();
        connection.setAutoCommit(false);
        return connection;
    }
}
