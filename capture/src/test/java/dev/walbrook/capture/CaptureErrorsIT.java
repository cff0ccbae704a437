package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.ReplicationConnection;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each broken set-up ends the capture with one text that says what is wrong and how to cure it. */
@Timeout(180)
class CaptureErrorsIT {

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
    void aWrongPassword() {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");

        failureOf(as(database.user(), "wrong"), ErrorKind.AUTHENTICATION_FAILED)
                .hasMessageContaining("pg_hba.conf")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aDatabaseThatDoesNotExist() {
        ConnectionSettings missing = new ConnectionSettings(
                database.host(), database.port(), "nowhere", database.user(), database.password(), Map.of());

        failureOf(missing, ErrorKind.DATABASE_MISSING).hasMessageContaining("CREATE DATABASE \"nowhere\"");
    }

    @Test
    void noTableMatchesTheFilters() {
        database.execute("CREATE SCHEMA sales", "CREATE TABLE sales.a (id int PRIMARY KEY)");

        failureOf(CapturedStream.connection(database), ErrorKind.NOTHING_TO_CAPTURE)
                .hasMessageContaining("table.include.list")
                .hasMessageContaining("sales.a");
    }

    @Test
    void aTableWithoutKeyAndWithoutReplicaIdentity() {
        database.execute("CREATE TABLE a (v int)", "ALTER TABLE a REPLICA IDENTITY NOTHING");

        failureOf(CapturedStream.connection(database), ErrorKind.TABLE_WITHOUT_IDENTITY)
                .hasMessageContaining("ALTER TABLE \"public\".\"a\" REPLICA IDENTITY FULL;");
    }

    @Test
    void aRoleThatMayNotReplicate() {
        String role = role("LOGIN PASSWORD 'secret'");
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "GRANT SELECT ON a TO " + role,
                "CREATE PUBLICATION walbrook FOR TABLE a");
        try {
            failureOf(as(role, "secret"), ErrorKind.REPLICATION_PRIVILEGE_MISSING)
                    .hasMessageContaining("ALTER ROLE \"" + role + "\" WITH REPLICATION;");
        } finally {
            dropRole(role);
        }
    }

    @Test
    void aRoleThatMayNotAddATableToThePublication() {
        String role = role("LOGIN REPLICATION PASSWORD 'secret'");
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "GRANT SELECT ON a, b TO " + role,
                "CREATE PUBLICATION walbrook FOR TABLE a");
        try {
            failureOf(as(role, "secret"), ErrorKind.PUBLICATION_INCOMPLETE)
                    .hasMessageContaining("ALTER PUBLICATION \"walbrook\" ADD TABLE \"public\".\"b\";");
        } finally {
            dropRole(role);
        }
    }

    @Test
    void aRoleWithNoMoreThanReplicationAndSelectCapturesAnExistingPublication() throws Exception {
        String role = role("LOGIN REPLICATION PASSWORD 'secret'");
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "INSERT INTO a VALUES (1)",
                "GRANT SELECT ON a TO " + role,
                "CREATE PUBLICATION walbrook FOR TABLE a");
        try (CapturedStream stream = CapturedStream.start(settings(as(role, "secret")), null)) {
            assertThat(stream.until(lines -> lines.size() == 1).lines()).containsExactly("READ a - [1]");
        } finally {
            dropRole(role);
        }
    }

    @Test
    void aSlotThatAnotherProcessReads() throws Exception {
        database.execute("CREATE TABLE a (id int PRIMARY KEY)", "CREATE PUBLICATION walbrook FOR TABLE a");
        ConnectionSettings connection = CapturedStream.connection(database);
        try (ReplicationConnection creator = ReplicationConnection.open(connection, "other")) {
            creator.createSlot(CapturedStream.slot(database), false, false);
        }
        try (ReplicationConnection other = ReplicationConnection.open(connection, "other")) {
            other.start(CapturedStream.slot(database), Lsn.INVALID, "walbrook", Map.of());

            failureOf(connection, ErrorKind.SLOT_IN_USE).hasMessageContaining("active_pid");
        }
    }

    @Test
    void aSlotOfAnotherPlugin() {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "SELECT pg_create_logical_replication_slot('" + CapturedStream.slot(database) + "', 'pgoutput')",
                "SELECT pg_drop_replication_slot('" + CapturedStream.slot(database) + "')",
                "SELECT pg_create_physical_replication_slot('" + CapturedStream.slot(database) + "')");
        try {
            failureOf(CapturedStream.connection(database), ErrorKind.SLOT_WRONG).hasMessageContaining("slot.name");
        } finally {
            database.execute("SELECT pg_drop_replication_slot('" + CapturedStream.slot(database) + "')");
        }
    }

    @Test
    void aServerWithoutLogicalWal() {
        try (TestPostgres server = TestPostgres.fresh(Map.of("wal_level", "replica"));
                TestDatabase other = server.createDatabase()) {
            other.execute("CREATE TABLE a (id int PRIMARY KEY)");

            failureOf(CapturedStream.connection(other), ErrorKind.WAL_LEVEL_NOT_LOGICAL)
                    .hasMessageContaining("ALTER SYSTEM SET wal_level = 'logical';");
        }
    }

    @Test
    void aServerWithoutAFreeSlot() {
        try (TestPostgres server = TestPostgres.fresh(Map.of("max_replication_slots", "1"));
                TestDatabase other = server.createDatabase()) {
            other.execute("CREATE TABLE a (id int PRIMARY KEY)", "SELECT pg_create_physical_replication_slot('taken')");

            failureOf(CapturedStream.connection(other), ErrorKind.NO_FREE_SLOT)
                    .hasMessageContaining("max_replication_slots");

            other.execute("SELECT pg_drop_replication_slot('taken')");
        }
    }

    @Test
    void aServerThatIsAwayIsWaitedForAndLosesNothing() throws Exception {
        try (TestPostgres server = TestPostgres.fresh(Map.of("fsync", "on"));
                TestDatabase other = server.createDatabase()) {
            other.execute("CREATE TABLE a (id int PRIMARY KEY)");
            try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(other), null)) {
                await().until(() -> !other.query("SELECT 1 FROM pg_replication_slots WHERE active")
                        .isEmpty());
                other.execute("INSERT INTO a VALUES (1)");
                stream.until(lines -> lines.size() == 1);

                server.server().kill();
                server.server().restart();
                other.execute("INSERT INTO a VALUES (2)");

                assertThat(stream.until(lines -> lines.size() == 2).lines())
                        .containsExactly("CREATE a - [1]", "CREATE a - [2]");
            }
        }
    }

    private static CaptureSettings settings(ConnectionSettings connection) {
        return CapturedStream.settings(connection, 100, 32 << 20, SnapshotMode.INITIAL);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> failureOf(
            ConnectionSettings connection, ErrorKind kind) {
        return assertThatThrownBy(() -> {
                    try (CapturedStream stream = CapturedStream.start(settings(connection), null)) {
                        stream.until(lines -> false);
                    }
                })
                .isInstanceOfSatisfying(WalbrookException.class, failure -> assertThat(failure.kind())
                        .isEqualTo(kind));
    }

    private ConnectionSettings as(String user, String password) {
        return new ConnectionSettings(database.host(), database.port(), database.name(), user, password, Map.of());
    }

    private String role(String attributes) {
        String role = "role_" + database.name();
        database.execute("CREATE ROLE " + role + " " + attributes);
        return role;
    }

    private void dropRole(String role) {
        database.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'"""
                        .formatted(role),
                "DROP OWNED BY " + role,
                "DROP ROLE " + role);
    }
}
