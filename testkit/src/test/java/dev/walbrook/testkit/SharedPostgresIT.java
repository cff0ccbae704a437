package dev.walbrook.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedPostgresIT {

    @Test
    void runsTheChosenVersionWithLogicalDecoding() {
        try (TestDatabase database = TestPostgres.source().createDatabase()) {

            assertThat(database.queryString("SHOW server_version_num")).startsWith("" + TestPostgres.version());
            assertThat(database.queryString("SHOW wal_level")).isEqualTo("logical");
        }
    }

    @Test
    void readsRowsAsText() {
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            database.execute("CREATE TABLE t (id int, name text)", "INSERT INTO t VALUES (1, 'one'), (2, NULL)");

            List<List<String>> rows = database.query("SELECT * FROM t ORDER BY id");

            assertThat(rows).containsExactly(List.of("1", "one"), Arrays.asList("2", null));
        }
    }

    @Test
    void saysWhatPostgresSaid() {
        try (TestDatabase database = TestPostgres.source().createDatabase()) {

            assertThatThrownBy(() -> database.execute("SELECT * FROM nowhere"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("relation \"nowhere\" does not exist");
        }
    }

    @Test
    void dropsADatabaseWithItsSlotsAndSessions() throws SQLException {
        TestDatabase database = TestPostgres.source().createDatabase();
        database.execute("SELECT pg_create_logical_replication_slot('slot_of_" + database.name() + "', 'pgoutput')");
        try (var session = database.connection()) {
            assertThat(session.isValid(5)).isTrue();

            database.close();
        }

        try (TestDatabase other = TestPostgres.source().createDatabase()) {
            assertThat(other.queryString("SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'slot_of_"
                            + database.name() + "'"))
                    .isEqualTo("0");
            assertThat(other.queryString("SELECT count(*) FROM pg_database WHERE datname = '" + database.name() + "'"))
                    .isEqualTo("0");
        }
    }

    @Test
    void survivesBeingKilled() {
        try (TestPostgres postgres = TestPostgres.fresh(Map.of("fsync", "on"));
                TestDatabase database = postgres.createDatabase()) {
            database.execute("CREATE TABLE kept AS SELECT 42 AS answer");

            postgres.server().kill();
            postgres.server().start();

            assertThat(database.queryString("SELECT answer FROM kept")).isEqualTo("42");
        }
    }

    @Test
    @RequiresPostgres(min = 99)
    void isSkippedOnEveryVersionThatExists() {
        throw new AssertionError("The condition must keep this from running");
    }
}
