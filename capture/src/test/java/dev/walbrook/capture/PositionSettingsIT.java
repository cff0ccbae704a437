package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who moves the slot, and what else the plugin is asked for. */
@Timeout(120)
class PositionSettingsIT {

    private TestDatabase database;

    @BeforeEach
    void createTable() {
        database = TestPostgres.source().createDatabase();
        database.execute("CREATE TABLE a (id int PRIMARY KEY)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    /** The slot stays where it is; what was delivered is told apart by the stored position alone. */
    @Test
    void aSlotThatSomebodyElseAdvancesIsNotMoved() throws InterruptedException {
        CaptureSettings settings =
                CapturedStream.settings(database, new PositionSettings(LostPositionPolicy.FAIL, false, Map.of()));
        CapturePosition position;
        String created;
        try (CapturedStream stream = CapturedStream.start(settings, null)) {
            database.execute("INSERT INTO a VALUES (1)");
            stream.delivering(lines -> lines.size() == 1);
            created = confirmed();
            database.execute("INSERT INTO a VALUES (2)");
            position = stream.delivering(lines -> lines.size() == 2).position();
        }

        assertThat(confirmed()).isEqualTo(created);

        database.execute("INSERT INTO a VALUES (3)");
        try (CapturedStream stream = CapturedStream.start(settings, position)) {
            assertThat(stream.until(lines -> !lines.isEmpty()).lines()).containsExactly("CREATE a - [3]");
        }
    }

    /** With {@code origin=none} PostgreSQL leaves out what was itself replicated to it. */
    @Test
    void optionsReachThePlugin() throws InterruptedException {
        int version = Integer.parseInt(database.queryString("SHOW server_version_num"));
        Assumptions.assumeTrue(version >= 160_000, "PostgreSQL knows the option since 16");
        String origin = "origin_" + database.name();
        database.execute("SELECT pg_replication_origin_create('" + origin + "')");
        CaptureSettings settings = CapturedStream.settings(
                database, new PositionSettings(LostPositionPolicy.FAIL, true, Map.of("origin", "none")));
        try (CapturedStream stream = CapturedStream.start(settings, null)) {
            database.execute("INSERT INTO a VALUES (0)");
            stream.until(lines -> lines.size() == 1);

            database.execute("SELECT pg_replication_origin_session_setup('" + origin + "'); INSERT INTO a VALUES (1)");
            database.execute("INSERT INTO a VALUES (2)");

            assertThat(stream.until(lines -> lines.size() == 2).lines().get(1)).isEqualTo("CREATE a - [2]");
        } finally {
            database.execute("SELECT pg_replication_origin_drop('" + origin + "')");
        }
    }

    private String confirmed() {
        return database.queryString("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '"
                + CapturedStream.slot(database) + "'");
    }
}
