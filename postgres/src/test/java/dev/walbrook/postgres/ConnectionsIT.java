package dev.walbrook.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.ReplicationConnection;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionsIT {

    private static TestPostgres server;
    private static TestDatabase database;

    @BeforeAll
    static void start() {
        server = TestPostgres.fresh(Map.of("wal_level", "replica"));
        database = server.createDatabase();
        database.execute(
                "CREATE DATABASE \"Größe & Co\"",
                "CREATE ROLE plain LOGIN PASSWORD 'plain'",
                "CREATE ROLE odd LOGIN REPLICATION PASSWORD 'odd'",
                "ALTER ROLE odd SET DateStyle = 'German'",
                "ALTER ROLE odd SET IntervalStyle = 'iso_8601'",
                "ALTER ROLE odd SET bytea_output = 'escape'",
                "ALTER ROLE odd SET extra_float_digits = -5",
                "ALTER ROLE odd SET TimeZone = 'Asia/Kathmandu'");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void pinsTheTextFormOfValuesWhateverTheRoleAndTheJvmSay(boolean replication) throws SQLException {
        ConnectionSettings odd = TestConnections.settings(database, "odd", "odd");
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("America/Caracas"));

            try (Connection connection =
                            replication ? Connections.openReplication(odd, "test") : Connections.open(odd, "test");
                    Statement statement = connection.createStatement()) {
                String written = TestConnections.ask(
                        connection,
                        "SELECT concat_ws(' | ', timestamptz '2026-01-31 12:00+01', interval '1 day 2 hours',"
                                + " bytea '\\x00ff', 0.1::float8 + 0.2::float8, current_setting('application_name'))");

                assertThat(written)
                        .isEqualTo("2026-01-31 11:00:00+00 | 1 day 02:00:00 | \\x00ff | 0.30000000000000004 | test");
            }
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void connectsToADatabaseOfAnyName() throws SQLException {
        try (Connection connection = Connections.open(inDatabase("Größe & Co"), "test")) {
            assertThat(TestConnections.ask(connection, "SELECT current_database()"))
                    .isEqualTo("Größe & Co");
        }
    }

    @Test
    void wrongPassword() {
        WalbrookException failure = refused(TestConnections.settings(database, "plain", "not this one"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
        assertThat(failure).hasMessageContaining("Correct the user name or the password");
        assertThat(failure.toString()).doesNotContain("not this one");
    }

    @Test
    void noPassword() {
        WalbrookException failure = refused(new ConnectionSettings(
                "127.0.0.1", database.port(), database.name(), "plain", null, Map.of("passfile", "/nonexistent")));

        assertThat(failure.kind()).isEqualTo(ErrorKind.AUTHENTICATION_FAILED);
    }

    @Test
    void missingDatabase() {
        WalbrookException failure = refused(inDatabase("nowhere"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.DATABASE_MISSING);
        assertThat(failure).hasMessageContaining("CREATE DATABASE \"nowhere\";");
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        WalbrookException failure =
                refused(new ConnectionSettings("127.0.0.1", port, "postgres", "ann", "x", Map.of()));

        assertThat(failure.kind()).isEqualTo(ErrorKind.CANNOT_CONNECT);
        assertThat(failure).hasMessageContaining("Check that PostgreSQL runs at 127.0.0.1:" + port);
    }

    @Test
    void unknownHost() {
        WalbrookException failure =
                refused(new ConnectionSettings("no-such-host.invalid", 5432, "postgres", "ann", "x", Map.of()));

        assertThat(failure.kind()).isEqualTo(ErrorKind.CANNOT_CONNECT);
        assertThat(failure).hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void tlsWhereTheServerHasNone() {
        WalbrookException failure = refused(new ConnectionSettings(
                "127.0.0.1", database.port(), database.name(), "plain", "plain", Map.of("sslmode", "require")));

        assertThat(failure.kind()).isEqualTo(ErrorKind.TLS_REFUSED);
        assertThat(failure).hasMessageContaining("SSL");
    }

    @Test
    void invalidProperty() {
        WalbrookException failure = refused(new ConnectionSettings(
                "127.0.0.1", database.port(), database.name(), "plain", "plain", Map.of("sslmode", "perhaps")));

        assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIGURATION);
        assertThat(failure).hasMessageContaining("perhaps");
    }

    @Test
    void roleWithoutReplication() {
        WalbrookException failure = catchThrowableOfType(
                WalbrookException.class,
                () -> Connections.openReplication(TestConnections.settings(database, "plain", "plain"), "test"));

        assertThat(failure.kind()).isEqualTo(ErrorKind.REPLICATION_PRIVILEGE_MISSING);
        assertThat(failure).hasMessageContaining("ALTER ROLE \"plain\" WITH REPLICATION;");
    }

    @Test
    void walLevelNotLogical() {
        try (ReplicationConnection connection =
                ReplicationConnection.open(TestConnections.settings(database), "test")) {
            WalbrookException failure =
                    catchThrowableOfType(WalbrookException.class, () -> connection.createSlot("early", false, false));

            assertThat(failure.kind()).isEqualTo(ErrorKind.WAL_LEVEL_NOT_LOGICAL);
            assertThat(failure).hasMessageContaining("ALTER SYSTEM SET wal_level = 'logical';");
        }
    }

    private static ConnectionSettings inDatabase(String name) {
        return new ConnectionSettings(
                database.host(), database.port(), name, database.user(), database.password(), Map.of());
    }

    private static WalbrookException refused(ConnectionSettings settings) {
        return catchThrowableOfType(WalbrookException.class, () -> Connections.open(settings, "test"));
    }
}
