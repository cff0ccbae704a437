package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the publication, and of tables that it lacks. */
@Timeout(120)
class PublicationModesIT {

    private TestDatabase database;

    @BeforeEach
    void createTables() {
        database = TestPostgres.source().createDatabase();
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY)",
                "CREATE TABLE b (id int PRIMARY KEY)",
                "CREATE SCHEMA other",
                "CREATE TABLE other.c (id int PRIMARY KEY)",
                "INSERT INTO a VALUES (1)",
                "INSERT INTO b VALUES (1)");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void allTablesArePublishedWhereThatHarmsNobody() throws InterruptedException {
        capture(settings(PublicationMode.ALL_TABLES), 2, "READ a - [1]", "READ b - [1]");

        assertThat(allTables()).isEqualTo("t");
    }

    @Test
    void theCapturedTablesArePublishedWhereOthersWouldLoseTheirUpdates() throws InterruptedException {
        database.execute("CREATE TABLE other.keyless (v text)", "INSERT INTO other.keyless VALUES ('x')");

        capture(settings(PublicationMode.ALL_TABLES), 2, "READ a - [1]", "READ b - [1]");

        assertThat(allTables()).isEqualTo("f");
        assertThat(published()).containsExactly("public.a", "public.b");
        database.execute("UPDATE other.keyless SET v = 'y'");
    }

    @Test
    void theCapturedTablesArePublishedByARoleThatIsNoSuperuser() throws InterruptedException {
        String role = "publisher_" + database.name();
        database.execute(
                "CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD 'secret'",
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + role,
                "ALTER TABLE a OWNER TO " + role,
                "ALTER TABLE b OWNER TO " + role);
        try {
            ConnectionSettings connection =
                    new ConnectionSettings(database.host(), database.port(), database.name(), role, "secret", Map.of());
            capture(CapturedStream.settings(connection, PublicationMode.ALL_TABLES), 2, "READ a - [1]", "READ b - [1]");

            assertThat(published()).containsExactly("public.a", "public.b");
        } finally {
            database.execute(
                    "REASSIGN OWNED BY " + role + " TO CURRENT_USER", "DROP OWNED BY " + role, "DROP ROLE " + role);
        }
    }

    @Test
    void aTableThatThePublicationLacksIsNotReadEither() throws InterruptedException {
        database.execute("CREATE PUBLICATION walbrook FOR TABLE a");

        capture(settings(PublicationMode.DISABLED), 1, "READ a - [1]");

        assertThat(published()).containsExactly("public.a");
    }

    @Test
    void aPublicationOfTheCapturedTablesFollowsTheFilters() throws InterruptedException {
        database.execute("CREATE PUBLICATION walbrook FOR TABLE b, other.c");

        capture(settings(PublicationMode.FILTERED), 2, "READ a - [1]", "READ b - [1]");

        assertThat(published()).containsExactly("public.a", "public.b");
    }

    @Test
    void anEmptyPublicationWaitsForSomebodyElsesTables() throws InterruptedException {
        try (CapturedStream stream = CapturedStream.start(settings(PublicationMode.NO_TABLES), null)) {
            stream.until(lines -> lines.size() == 2);
            database.execute(
                    "INSERT INTO a VALUES (2)", "ALTER PUBLICATION walbrook ADD TABLE a", "INSERT INTO a VALUES (3)");

            assertThat(stream.until(lines -> lines.size() == 3).lines())
                    .containsExactly("READ a - [1]", "READ b - [1]", "CREATE a - [3]");
        }
    }

    /** Reads the snapshot, then checks that nothing but it was captured by a change that comes last. */
    private void capture(CaptureSettings settings, int rows, String... lines) throws InterruptedException {
        try (CapturedStream stream = CapturedStream.start(settings, null)) {
            stream.until(all -> all.size() == rows);
            database.execute("INSERT INTO b VALUES (2)", "INSERT INTO a VALUES (2)");
            stream.until(all -> all.contains("CREATE a - [2]"));

            assertThat(stream.lines().subList(0, rows)).containsExactly(lines);
            assertThat(stream.lines().contains("CREATE b - [2]")).isEqualTo(rows == 2);
        }
    }

    private CaptureSettings settings(PublicationMode mode) {
        return CapturedStream.settings(CapturedStream.connection(database), mode);
    }

    private String allTables() {
        return database.queryString("SELECT puballtables FROM pg_publication WHERE pubname = 'walbrook'");
    }

    private List<String> published() {
        return database
                .query("SELECT schemaname || '.' || tablename FROM pg_publication_tables WHERE pubname = 'walbrook'"
                        + " ORDER BY 1")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }
}
