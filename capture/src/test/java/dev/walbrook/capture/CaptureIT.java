package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class CaptureIT {

    private TestDatabase database;

    @BeforeEach
    void createDatabase() {
        database = TestPostgres.source().createDatabase();
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void readsTheTablesThenTheChangesEachOnce() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, v text)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "INSERT INTO a VALUES (1, 'one'), (2, E'tab\\tand\\nline')",
                "INSERT INTO b VALUES (7)");
        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null)) {
            stream.until(lines -> lines.size() == 3);

            database.execute(
                    "INSERT INTO a VALUES (3, NULL)",
                    "UPDATE a SET v = 'uno' WHERE id = 1",
                    "UPDATE a SET id = 20 WHERE id = 2",
                    "DELETE FROM b",
                    "TRUNCATE a");

            assertThat(stream.until(lines -> lines.size() == 8).lines())
                    .containsExactly(
                            "READ a - [1, one]",
                            "READ a - [2, tab\tand\nline]",
                            "READ b - [7]",
                            "CREATE a - [3, n]",
                            "UPDATE a - [1, uno]",
                            "UPDATE a [2, n] [20, tab\tand\nline]",
                            "DELETE b [7] -",
                            "TRUNCATE public.a");
        }
    }

    @Test
    void changesDuringTheSnapshotAreStreamedAfterIt() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, v int)",
                "INSERT INTO a SELECT i, 0 FROM generate_series(1, 5000) i");
        // A hand-over of one byte holds the snapshot up after its first chunk.
        CaptureSettings slow = CapturedStream.settings(database, 1, SnapshotMode.INITIAL);
        try (CapturedStream stream = CapturedStream.start(slow, null)) {
            stream.until(lines -> !lines.isEmpty());

            database.execute("UPDATE a SET v = 1 WHERE id = 5000", "INSERT INTO a VALUES (5001, 1)");

            List<String> lines = stream.until(all -> all.size() == 5002).lines();
            assertThat(lines.get(4999)).isEqualTo("READ a - [5000, 0]");
            assertThat(lines.subList(5000, 5002)).containsExactly("UPDATE a - [5000, 1]", "CREATE a - [5001, 1]");
        }
    }

    @Test
    void aRowOfAnInheritingTableIsReadOnceAndUnderItsOwnName() throws Exception {
        database.execute(
                "CREATE TABLE parent (id int PRIMARY KEY)",
                "CREATE TABLE child (PRIMARY KEY (id)) INHERITS (parent)",
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO child VALUES (2)");

        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null)) {
            stream.until(lines -> lines.size() == 2);
            database.execute("INSERT INTO child VALUES (3)");

            assertThat(stream.until(lines -> lines.size() == 3).lines())
                    .containsExactly("READ child - [2]", "READ parent - [1]", "CREATE child - [3]");
        }
    }

    @Test
    void aGeneratedColumnIsInTheSnapshotOnlyIfItIsInTheStream() throws Exception {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, twice int GENERATED ALWAYS AS (2 * id) STORED, v text)",
                "INSERT INTO a VALUES (1, DEFAULT, 'x')");

        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null)) {
            stream.until(lines -> lines.size() == 1);
            database.execute("INSERT INTO a VALUES (2, DEFAULT, 'y')");

            assertThat(stream.until(lines -> lines.size() == 2).lines())
                    .containsExactly("READ a - [1, x]", "CREATE a - [2, y]");
        }
    }

    @Test
    void aTransactionMuchLargerThanTheHandOverPassesThroughIt() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY, v text)");
        long bound = 64 << 10;
        try (CapturedStream stream =
                CapturedStream.start(CapturedStream.settings(database, bound, SnapshotMode.INITIAL), null)) {
            awaitSlot();

            database.execute("INSERT INTO a SELECT i, repeat('x', 200) FROM generate_series(1, 20000) i");

            HandOver handOver = stream.capture().handOver();
            stream.until(lines -> {
                assertThat(handOver.bytes()).isLessThanOrEqualTo(bound);
                return lines.size() == 20_000;
            });
            assertThat(stream.lines().get(19_999)).startsWith("CREATE a - [20000, ");
        }
    }

    @Test
    void anIdleSlotIsConfirmedWhileOthersWriteWal() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)", "CREATE SCHEMA other", "CREATE TABLE other.t (v text)");
        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null)) {
            awaitSlot();

            database.execute("INSERT INTO other.t SELECT repeat('x', 100) FROM generate_series(1, 1000)");
            Lsn written = Lsn.parse(database.queryString("SELECT pg_current_wal_lsn()"));

            // Taking is the caller's rhythm; nothing is emitted, and yet the slot moves on.
            await().atMost(CapturedStream.LIMIT).until(() -> {
                stream.until(lines -> true);
                return !takeNothing(stream).isBefore(written);
            });
        }
    }

    private Lsn takeNothing(CapturedStream stream) throws InterruptedException {
        int before = stream.lines().size();
        stream.capture().handOver().take(10, Duration.ofMillis(50)).forEach(event -> {
            assertThat(event).isInstanceOf(Progress.class);
            stream.capture().acknowledgements().progress(((Progress) event).position());
        });
        assertThat(stream.lines()).hasSize(before);
        return confirmedFlush();
    }

    @Test
    void onlyDeliveredTransactionsAreConfirmed() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");
        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null)) {
            awaitSlot();
            database.execute("INSERT INTO a VALUES (1)");
            stream.delivering(lines -> lines.size() == 1);
            database.execute("INSERT INTO a VALUES (2)");
            Lsn afterSecond = Lsn.parse(database.queryString("SELECT pg_current_wal_lsn()"));

            stream.until(lines -> lines.size() == 2);
            database.execute("INSERT INTO a VALUES (3)");
            stream.delivering(lines -> lines.size() == 3);

            assertThat(stream.capture().acknowledgements().confirmable()).isLessThan(afterSecond);
            assertThat(confirmedFlush()).isLessThan(afterSecond);
        }
    }

    @Test
    void goesOnByItselfAfterItsConnectionsWereEnded() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");
        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null)) {
            awaitSlot();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                database.execute("INSERT INTO a SELECT generate_series(%d, %d)".formatted(10 * i, 10 * i + 9));
                for (int k = 0; k < 10; k++) {
                    expected.add("CREATE a - [" + (10 * i + k) + "]");
                }
                int enough = 10 * i + 3;
                stream.until(lines -> lines.size() >= enough);

                database.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name LIKE 'walbrook%'");
            }

            assertThat(stream.until(lines -> lines.size() >= 50).lines()).isEqualTo(expected);
        }
    }

    @Test
    void aSlotThatVanishedIsReportedWithItsCure() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");
        CapturePosition position = CapturePosition.after(new Lsn(1));

        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), position)) {
            assertThatThrownBy(() -> stream.until(lines -> false))
                    .hasMessageContaining("does not exist")
                    .hasMessageContaining("Remove the connector's offsets");
        }
    }

    @Test
    void whenNeededTakesANewSnapshotIfTheSlotVanished() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)", "INSERT INTO a VALUES (1)");
        CaptureSettings whenNeeded = CapturedStream.settings(database, 32 << 20, SnapshotMode.WHEN_NEEDED);

        try (CapturedStream stream = CapturedStream.start(whenNeeded, CapturePosition.after(new Lsn(1)))) {
            assertThat(stream.until(lines -> lines.size() == 1).lines()).containsExactly("READ a - [1]");
        }
    }

    @Test
    void aColumnAddedWhileTheCaptureLagsAppearsFromItsOwnChangeOn() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY, v text)");
        CaptureSettings settings = CapturedStream.settings(database);
        CapturePosition start;
        try (CapturedStream stream = CapturedStream.start(settings, null)) {
            awaitSlot();
            database.execute("INSERT INTO a VALUES (1, 'x')");
            start = stream.delivering(lines -> lines.size() == 1).position();
        }
        database.execute(
                "INSERT INTO a VALUES (2, 'y')",
                "ALTER TABLE a ADD COLUMN w int DEFAULT 5",
                "INSERT INTO a VALUES (3, 'z', 6)",
                "ALTER TABLE a DROP COLUMN v",
                "INSERT INTO a VALUES (4, 7)");

        try (CapturedStream stream = CapturedStream.start(settings, start)) {
            assertThat(stream.until(lines -> lines.size() == 3).lines())
                    .containsExactly("CREATE a - [2, y]", "CREATE a - [3, z, 6]", "CREATE a - [4, 7]");
        }
    }

    @Test
    void aTransactionOpenWhenCapturingBeganIsStreamedWhole() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");
        try (Connection open = database.connection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO a VALUES (1)");
            try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null)) {
                // Creating the slot waits for this transaction.
                await().until(() -> !database.query("SELECT 1 FROM pg_replication_slots WHERE slot_name = '"
                                + CapturedStream.slot(database) + "'")
                        .isEmpty());
                statement.execute("INSERT INTO a VALUES (2)");

                open.commit();

                stream.until(lines -> lines.size() == 2);
                assertThat(stream.lines()).containsExactlyInAnyOrder("READ a - [1]", "READ a - [2]");
            }
        }
    }

    @Test
    void stopsPromptlyWhileNobodyTakesEvents() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY, v text)");
        CapturedStream stream = CapturedStream.start(CapturedStream.settings(database, 1, SnapshotMode.INITIAL), null);
        awaitSlot();
        database.execute("INSERT INTO a SELECT i, 'x' FROM generate_series(1, 5000) i");
        await().until(() -> stream.capture().handOver().bytes() > 0);

        assertTimeoutPreemptively(Duration.ofSeconds(5), stream::close);
    }

    @Test
    void stopsPromptlyWhileTheSlotWaitsForAnOpenTransaction() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");
        try (Connection open = database.connection();
                Statement statement = open.createStatement()) {
            open.setAutoCommit(false);
            statement.execute("INSERT INTO a VALUES (1)");
            CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null);
            await().until(() -> !database.query("SELECT 1 FROM pg_replication_slots WHERE slot_name = '"
                            + CapturedStream.slot(database) + "'")
                    .isEmpty());

            assertTimeoutPreemptively(Duration.ofSeconds(5), stream::close);
        }
    }

    private void awaitSlot() {
        await().atMost(CapturedStream.LIMIT)
                .until(() -> !database.query("SELECT 1 FROM pg_replication_slots WHERE active AND slot_name = '"
                                + CapturedStream.slot(database) + "'")
                        .isEmpty());
    }

    private Lsn confirmedFlush() {
        return Lsn.parse(database.queryString("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '"
                + CapturedStream.slot(database) + "'"));
    }
}
