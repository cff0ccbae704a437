package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A capture goes on at a standby that was promoted, unless that was behind what had been captured. */
@Timeout(180)
class PromotedStandbyIT {

    @Test
    void aPromotedStandbyThatHasEverythingIsGoneOnWith() throws InterruptedException {
        try (TestPostgres primary = TestPostgres.fresh()) {
            TestDatabase database = primary.createDatabase();
            CapturePosition position = capture(database, null, "INSERT INTO t VALUES (1)");
            try (TestPostgres standby = promoted(primary, database)) {
                TestDatabase copy = standby.database(database.name());
                copy.execute("INSERT INTO t VALUES (2)");

                try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(copy), position)) {
                    assertThat(stream.until(lines -> !lines.isEmpty()).lines()).containsExactly("CREATE t - [2]");
                }
            }
        }
    }

    @Test
    void aPromotedStandbyThatWasBehindIsNoticed() throws InterruptedException {
        try (TestPostgres primary = TestPostgres.fresh()) {
            TestDatabase database = primary.createDatabase();
            CapturePosition before = capture(database, null, "INSERT INTO t VALUES (1)");
            try (TestPostgres standby = promoted(primary, database)) {
                CapturePosition position = capture(database, before, "INSERT INTO t VALUES (2)");
                TestDatabase copy = standby.database(database.name());
                copy.execute("INSERT INTO t SELECT i FROM generate_series(10, 5000) i");

                try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(copy), position)) {
                    assertThatThrownBy(() -> stream.until(lines -> !lines.isEmpty()))
                            .isInstanceOf(WalbrookException.class)
                            .hasMessageContaining("a standby that was behind when it was promoted")
                            .hasMessageContaining("bytes of WAL");
                }
            }
        }
    }

    private static CapturePosition capture(TestDatabase database, CapturePosition from, String change)
            throws InterruptedException {
        if (from == null) {
            database.execute("CREATE TABLE t (id int PRIMARY KEY)");
        }
        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), from)) {
            if (from == null) {
                stream.until(lines -> slotIsActive(database));
            }
            database.execute(change);
            return stream.until(lines -> !lines.isEmpty()).position();
        }
    }

    private static TestPostgres promoted(TestPostgres primary, TestDatabase database) {
        TestPostgres standby = primary.standby();
        standby.database(database.name()).execute("SELECT pg_promote()");
        return standby;
    }

    private static boolean slotIsActive(TestDatabase database) {
        return !database.query("SELECT 1 FROM pg_replication_slots WHERE active")
                .isEmpty();
    }
}
