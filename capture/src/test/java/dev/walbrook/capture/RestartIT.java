package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A capture that is stopped after any event and started from that event's position goes on with the very next one: however
 * the changes were made, nothing is lost and nothing comes twice.
 */
@Timeout(300)
class RestartIT {

    private static final int RESTARTS = 60;

    @Test
    void anyPositionContinuesWithTheNextChange() throws Exception {
        Random random = Seeds.random();
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            database.execute(
                    "CREATE TABLE a (id int PRIMARY KEY, v text)",
                    "CREATE TABLE b (id int PRIMARY KEY, v text)",
                    "CREATE SCHEMA other",
                    "CREATE TABLE other.ignored (id int)");
            CaptureSettings settings = CapturedStream.settings(database);
            CapturePosition beginning;
            try (CapturedStream stream = CapturedStream.start(settings, null)) {
                database.execute("INSERT INTO a VALUES (0, 'first')");
                beginning = stream.until(lines -> !lines.isEmpty()).position();
            }
            int changes = 1 + writeEveryKindOfTransaction(database, random);
            List<String> all;
            List<CapturePosition> positions = new ArrayList<>();
            try (CapturedStream stream = CapturedStream.start(settings, beginning)) {
                while (stream.lines().isEmpty()
                        || !stream.lines().get(stream.lines().size() - 1).contains("[-1,")) {
                    int next = stream.lines().size() + 1;
                    stream.until(lines -> lines.size() >= next);
                    while (positions.size() < stream.lines().size()) {
                        positions.add(stream.position());
                    }
                }
                all = stream.lines();
            }
            assertThat(all.size()).isGreaterThanOrEqualTo(changes - 1);

            for (int i = 0; i < RESTARTS; i++) {
                int stopped = random.nextInt(all.size() - 1);
                // Only the last event of what was taken at once has its own position here.
                while (stopped > 0 && positions.get(stopped).equals(positions.get(stopped - 1))) {
                    stopped--;
                }
                while (stopped + 1 < all.size() && positions.get(stopped + 1).equals(positions.get(stopped))) {
                    stopped++;
                }
                int rest = all.size() - 1 - stopped;
                if (rest == 0) {
                    continue;
                }
                try (CapturedStream stream = CapturedStream.start(settings, positions.get(stopped))) {
                    List<String> continued =
                            stream.until(lines -> lines.size() >= rest).lines();
                    assertThat(continued)
                            .as("after event %d at %s", stopped, positions.get(stopped))
                            .isEqualTo(all.subList(stopped + 1, all.size()));
                }
            }
        }
    }

    /** Single rows, many rows of one statement, COPY-like inserts, large and interleaved transactions, filtered tables. */
    private static int writeEveryKindOfTransaction(TestDatabase database, Random random) throws SQLException {
        int id = 1;
        try (Connection one = database.connection();
                Connection two = database.connection();
                Statement first = one.createStatement();
                Statement second = two.createStatement()) {
            one.setAutoCommit(false);
            two.setAutoCommit(false);
            for (int round = 0; round < 25; round++) {
                int rows = 1 + random.nextInt(round % 5 == 0 ? 400 : 5);
                first.execute(
                        "INSERT INTO a SELECT i, 'a' FROM generate_series(%d, %d) i".formatted(id, id + rows - 1));
                second.execute("INSERT INTO b VALUES (%d, 'b')".formatted(id));
                if (random.nextBoolean()) {
                    first.execute("UPDATE a SET v = 'changed' WHERE id %% 3 = %d".formatted(random.nextInt(3)));
                }
                if (random.nextBoolean()) {
                    second.execute("INSERT INTO other.ignored VALUES (%d)".formatted(round));
                }
                if (random.nextBoolean()) {
                    one.commit();
                    two.commit();
                } else {
                    second.execute("UPDATE b SET v = 'late' WHERE id = %d".formatted(id));
                    two.commit();
                    first.execute("DELETE FROM a WHERE id = %d".formatted(id));
                    one.commit();
                }
                id += rows;
            }
            first.execute("INSERT INTO a VALUES (-1, 'last')");
            one.commit();
        }
        return id;
    }
}
