package dev.walbrook.postgres.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.TestConnections;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublicationsIT {

    private static final TableId ONE = new TableId("public", "one");
    private static final TableId TWO = new TableId("public", "Two");
    private static final TableId FOREIGN = new TableId("public", "foreign");
    private static final TableId ROOT = new TableId("public", "root");
    private static final TableId LEAF = new TableId("public", "leaf");

    private static TestDatabase database;

    private Connection connection;
    private Publications publications;

    @BeforeAll
    static void start() {
        database = TestPostgres.source().createDatabase();
        database.execute(
                "CREATE ROLE publication_owner LOGIN PASSWORD 'publication_owner'",
                "CREATE ROLE publication_guest LOGIN PASSWORD 'publication_guest'",
                "GRANT CREATE ON DATABASE " + database.name() + " TO publication_owner",
                "GRANT CREATE ON SCHEMA public TO publication_owner",
                "CREATE TABLE \"foreign\" (id int PRIMARY KEY)",
                "SET ROLE publication_owner",
                "CREATE TABLE one (id int PRIMARY KEY, a int)",
                "CREATE TABLE \"Two\" (id int PRIMARY KEY)",
                "CREATE TABLE root (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE leaf PARTITION OF root DEFAULT");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void connect() {
        database.execute("DROP PUBLICATION IF EXISTS \"My pub\"");
        connectAs("publication_owner");
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private void connectAs(String role) {
        connection = Connections.open(TestConnections.settings(database, role, role), "test");
        publications = new Publications(connection);
    }

    @Test
    void findsNoneWhereNoneIs() {
        assertThat(publications.find("My pub")).isNull();
    }

    @Test
    void anOwnerCreatesOneOfHisTables() {
        publications.create("My pub", List.of(TWO, ONE), false);

        Publication found = publications.find("My pub");
        assertThat(found.tables()).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(found.allTables()).isFalse();
        assertThat(found.viaRoot()).isFalse();
        assertThat(List.of(found.insert(), found.update(), found.delete(), found.truncate()))
                .containsOnly(true);
    }

    @Test
    void tellsThePartitionsOrTheRoot() {
        publications.create("My pub", List.of(ROOT), false);
        assertThat(publications.find("My pub").tables()).containsExactly(LEAF);

        assertThat(publications.setTables("My pub", List.of(LEAF))).isFalse();
    }

    @Test
    void publishesViaTheRoot() {
        publications.create("My pub", List.of(ROOT), true);

        Publication found = publications.find("My pub");
        assertThat(found.viaRoot()).isTrue();
        assertThat(found.tables()).containsExactly(ROOT);
    }

    @Test
    void createsAnEmptyOneAndFillsIt() {
        publications.createEmpty("My pub", false);
        assertThat(publications.find("My pub").tables()).isEmpty();

        boolean altered = publications.setTables("My pub", List.of(ONE));

        assertThat(altered).isTrue();
        assertThat(publications.find("My pub").tables()).containsExactly(ONE);
    }

    @Test
    void altersOnlyWhatDiffers() throws SQLException {
        database.execute(
                "SET ROLE publication_owner",
                "CREATE PUBLICATION \"My pub\" FOR TABLE one (id), \"Two\"",
                "RESET ROLE");

        assertThat(publications.setTables("My pub", List.of(TWO, ONE))).isFalse();
        assertThat(publications.setTables("My pub", List.of(ONE, LEAF))).isTrue();

        assertThat(publications.find("My pub").tables()).containsExactlyInAnyOrder(ONE, LEAF);
        assertThat(TestConnections.ask(
                        connection, "SELECT attnames FROM pg_publication_tables WHERE tablename = 'one'"))
                .isEqualTo("{id}");
    }

    @Test
    void replacesTheListWhereAPartitionCameWithItsRoot() {
        publications.create("My pub", List.of(ROOT, ONE), false);

        assertThat(publications.setTables("My pub", List.of(TWO))).isTrue();

        assertThat(publications.find("My pub").tables()).containsExactly(TWO);
    }

    @Test
    void leavesAllTablesAlone() {
        database.execute("CREATE PUBLICATION \"My pub\" FOR ALL TABLES");

        assertThat(publications.find("My pub").allTables()).isTrue();
        assertThat(publications.setTables("My pub", List.of(ONE))).isFalse();
    }

    @Test
    void refusesATableOfSomebodyElse() {
        WalbrookException failure = failure(() -> publications.create("My pub", List.of(ONE, FOREIGN), false));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PUBLICATION_MISSING);
        assertThat(failure)
                .hasMessageContaining("must be owner of table foreign")
                .hasMessageContaining(
                        "CREATE PUBLICATION \"My pub\" FOR TABLE \"public\".\"foreign\", \"public\".\"one\";");
    }

    @Test
    void saysWhichTablesAreMissing() {
        publications.create("My pub", List.of(ONE), false);

        WalbrookException failure = failure(() -> publications.setTables("My pub", List.of(ONE, FOREIGN)));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PUBLICATION_INCOMPLETE);
        assertThat(failure).hasMessageContaining("ALTER PUBLICATION \"My pub\" ADD TABLE \"public\".\"foreign\";");
    }

    @Test
    void saysWhatASuperuserMustDoForAllTables() {
        WalbrookException failure = failure(() -> publications.createForAllTables("My pub", true));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PUBLICATION_MISSING);
        assertThat(failure)
                .hasMessageContaining(
                        "CREATE PUBLICATION \"My pub\" FOR ALL TABLES WITH (publish_via_partition_root = true);")
                .hasMessageContaining("FOR TABLE \"public\".\"Two\", \"public\".\"foreign\"");
    }

    @Test
    void needsCreateOnTheDatabase() throws SQLException {
        connection.close();
        connectAs("publication_guest");

        WalbrookException failure = failure(() -> publications.createEmpty("My pub", false));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PUBLICATION_MISSING);
        assertThat(failure).hasMessageContaining("permission denied for database " + database.name());
    }

    @Test
    void cannotSetWhatDoesNotExist() {
        WalbrookException failure = failure(() -> publications.setTables("My pub", List.of(ONE)));

        assertThat(failure.kind()).isEqualTo(ErrorKind.PUBLICATION_MISSING);
        assertThat(failure).hasMessageContaining("CREATE PUBLICATION \"My pub\" FOR TABLE \"public\".\"one\";");
    }

    private static WalbrookException failure(ThrowingCallable action) {
        return catchThrowableOfType(WalbrookException.class, action);
    }
}
