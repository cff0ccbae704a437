package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of pg_logical_emit_message, and where a capture continues between them. */
class LogicalMessagesIT {

    private TestDatabase database;

    @BeforeEach
    void createTable() {
        database = TestPostgres.source().createDatabase();
        database.execute("CREATE TABLE t (id int PRIMARY KEY)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aMessageOutsideOfTransactionsComesAtOnce() throws InterruptedException {
        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), null)) {
            stream.until(lines -> slotIs("active"));
            database.execute(
                    """
                    BEGIN;
                    SELECT pg_logical_emit_message(true, 'in', '1');
                    INSERT INTO t VALUES (1);
                    SELECT pg_logical_emit_message(false, 'outside', '2');
                    INSERT INTO t VALUES (2);
                    COMMIT
                    """);

            stream.until(lines -> lines.size() == 4);

            assertThat(stream.lines())
                    .containsExactly("MESSAGE outside 2", "MESSAGE in 1", "CREATE t - [1]", "CREATE t - [2]");
        }
    }

    /** Stops after every event in turn: together the two captures must have each event exactly once. */
    @Test
    void continuesAfterAnyMessageOrChange() throws InterruptedException {
        List<String> expected = List.of(
                "MESSAGE outside a",
                "MESSAGE in b",
                "CREATE t - [1]",
                "MESSAGE in c",
                "MESSAGE outside d",
                "CREATE t - [2]");
        CapturePosition start;
        try (CapturedStream first = CapturedStream.start(CapturedStream.oneByOne(database), null)) {
            first.until(lines -> slotIs("confirmed_flush_lsn IS NOT NULL"));
            database.execute("INSERT INTO t VALUES (0)");
            first.until(lines -> lines.contains("CREATE t - [0]"));
            start = first.position();
        }
        database.execute(
                """
                BEGIN;
                SELECT pg_logical_emit_message(true, 'in', 'b');
                INSERT INTO t VALUES (1);
                SELECT pg_logical_emit_message(true, 'in', 'c');
                SELECT pg_logical_emit_message(false, 'outside', 'a');
                COMMIT
                """);
        database.execute("SELECT pg_logical_emit_message(false, 'outside', 'd')");
        database.execute("INSERT INTO t VALUES (2)");

        for (int stopAfter = 1; stopAfter < expected.size(); stopAfter++) {
            int count = stopAfter;
            List<String> seen = new ArrayList<>();
            CapturePosition middle;
            try (CapturedStream first = CapturedStream.start(CapturedStream.oneByOne(database), start)) {
                first.until(lines -> lines.size() >= count);
                seen.addAll(first.lines().subList(0, count));
                middle = first.position();
            }
            try (CapturedStream second = CapturedStream.start(CapturedStream.oneByOne(database), middle)) {
                second.until(lines -> lines.size() >= expected.size() - count);
                seen.addAll(second.lines());
            }
            assertThat(seen).as("stopped after " + count).isEqualTo(expected);
        }
    }

    private boolean slotIs(String condition) {
        String sql = "SELECT 1 FROM pg_replication_slots WHERE slot_name = '" + CapturedStream.slot(database) + "' AND "
                + condition;
        return !database.query(sql).isEmpty();
    }
}
