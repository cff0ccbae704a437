package dev.walbrook.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {

    @TempDir
    Path folder;

    @Test
    void startsInAPathWithSpacesAndLettersOutsideAscii() throws Exception {
        assumeThat(System.getProperty("sun.jnu.encoding"))
                .as("encoding of file names")
                .isEqualTo("UTF-8");
        Path directory = folder.resolve("müßige Daten 数据").resolve("source");

        try (PostgresServer server = server(directory).start()) {

            assertThat(query(server, "SHOW data_directory")).isEqualTo(directory.toString());
            assertThat(query(server, "SHOW fsync")).isEqualTo("on");
            assertThat(query(server, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void refusesAWrongPasswordAndKeepsItsOwnPrivate() throws Exception {
        Path directory = folder.resolve("data");

        try (PostgresServer server = server(directory).start()) {

            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "wrong"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data.password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void keepsItsDataFromOneRunToTheNext() throws Exception {
        Path directory = folder.resolve("data");
        String password;
        try (PostgresServer server = server(directory).start()) {
            execute(server, "CREATE TABLE kept AS SELECT 42 AS answer");
            password = server.password();
        }

        try (PostgresServer server = server(directory).start()) {

            assertThat(query(server, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(server.password()).isEqualTo(password);
        }
    }

    @Test
    void recoversWhatWasCommittedBeforeAKill() throws Exception {
        try (PostgresServer server = server(folder.resolve("data")).start()) {
            int port = server.port();
            execute(server, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n");

            server.kill();
            server.start();

            assertThat(query(server, "SELECT count(*) FROM kept")).isEqualTo("1000");
            assertThat(server.port()).isEqualTo(port);
        }
    }

    @Test
    void endsEverySessionOnStop() throws Exception {
        PostgresServer server = server(folder.resolve("data")).start();
        ProcessHandle postmaster = ProcessHandle.of(server.pid()).orElseThrow();
        List<ProcessHandle> family;
        try (Connection session = server.open("postgres")) {
            family = postmaster.descendants().toList();
            assertThat(session.isValid(5)).isTrue();

            server.stop();
        }

        assertThat(postmaster.isAlive()).isFalse();
        assertThat(family).isNotEmpty().noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void replacesTheServerOfAKilledProcess() throws Exception {
        // Given a process that started a server and died without a chance to stop it
        Path directory = folder.resolve("data");
        Process owner = JavaProgram.run(OrphanMaker.class, directory);
        long orphan = Long.parseLong(owner.inputReader().readLine());
        owner.destroyForcibly().waitFor();
        Optional<ProcessHandle> left = ProcessHandle.of(orphan);
        assertThat(left).isPresent().get().matches(ProcessHandle::isAlive);

        // When
        try (PostgresServer server = server(directory).start()) {

            // Then
            assertThat(left.get().isAlive()).isFalse();
            assertThat(query(server, "SELECT answer FROM orphaned")).isEqualTo("42");
        }
    }

    @Test
    void leavesAServerAloneThatSomebodyUses() throws Exception {
        Path directory = folder.resolve("data");
        Process owner = JavaProgram.run(OrphanMaker.class, directory);
        try {
            long pid = Long.parseLong(owner.inputReader().readLine());

            assertThatThrownBy(() -> server(directory).start())
                    .isInstanceOf(DataDirectoryInUseException.class)
                    .hasMessageContaining("process " + owner.pid());

            assertThat(ProcessHandle.of(pid)).isPresent();
        } finally {
            owner.destroyForcibly().waitFor();
            // Starting takes the orphan over, stopping ends it.
            server(directory).start().stop();
        }
    }

    @Test
    void ignoresTheProcessIdOfAnotherProgram() throws Exception {
        Path directory = folder.resolve("data");
        server(directory).start().stop();
        Process stranger = new ProcessBuilder("sleep", "60").start();
        try {
            Files.writeString(directory.resolve("postmaster.pid"), stranger.pid() + "\n" + directory + "\n1\n5432\n");

            try (PostgresServer server = server(directory).start()) {

                assertThat(query(server, "SELECT 1")).isEqualTo("1");
                assertThat(stranger.isAlive()).isTrue();
            }
        } finally {
            stranger.destroyForcibly().waitFor();
        }
    }

    @Test
    void namesAPortInUseAndItsHolder() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            assertThatThrownBy(() -> server(folder.resolve("data"))
                            .port(taken.getLocalPort())
                            .start())
                    .isInstanceOf(PortInUseException.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " (java)");
        }
    }

    @Test
    void saysWhyTheServerDoesNotStart() {
        assertThatThrownBy(() -> server(folder.resolve("data"))
                        .setting("wal_level", "nonsense")
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("invalid value for parameter \"wal_level\"");
    }

    @Test
    void saysThatItsPasswordIsGone() throws Exception {
        Path directory = folder.resolve("data");
        server(directory).start().stop();
        Files.delete(folder.resolve("data.password"));

        assertThatThrownBy(() -> server(directory).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("data.password");
    }

    @Test
    void clearsAwayWhatAnInterruptedCreationLeft() throws Exception {
        Path directory = folder.resolve("data");
        Files.createDirectories(folder.resolve("data.initdb").resolve("base"));

        try (PostgresServer server = server(directory).start()) {

            assertThat(query(server, "SELECT 1")).isEqualTo("1");
            assertThat(folder.resolve("data.initdb")).doesNotExist();
        }
    }

    @Test
    void refusesADirectoryOfAnotherVersion() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("data"));
        Files.writeString(directory.resolve("PG_VERSION"), "9.6\n");

        assertThatThrownBy(() -> server(directory).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("made by PostgreSQL 9.6");
    }

    @Test
    void refusesADirectoryWithSomethingElseInIt() throws Exception {
        Path directory = Files.createDirectories(folder.resolve("data"));
        Files.writeString(directory.resolve("letter.txt"), "Dear Sir");

        assertThatThrownBy(() -> server(directory).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("neither empty nor a PostgreSQL data directory");
        assertThat(directory.resolve("letter.txt")).exists();
    }

    @Test
    void unpacksTheProgramsForSeveralStartersAtOnce() {
        Path cache = folder.resolve("cache");

        List<PostgresBinaries> unpacked = List.of(1, 2, 3).parallelStream()
                .map(starter -> PostgresBinaries.fromClasspath(cache))
                .toList();

        assertThat(unpacked).hasSize(3).containsOnly(unpacked.get(0));
        assertThat(cache.resolve("postgres"))
                .isDirectoryContaining(unpacked.get(0).home()::equals);
        assertThat(cache.resolve("postgres").toFile().list()).hasSize(1);
    }

    private PostgresServer.Builder server(Path directory) {
        return PostgresServer.builder().dataDirectory(directory);
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.open("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = server.open("postgres");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    /** A program that starts a server, says its process id, and waits to be killed. */
    static final class OrphanMaker {

        private OrphanMaker() {}

        public static void main(String[] arguments) throws Exception {
            PostgresServer server = PostgresServer.builder()
                    .dataDirectory(Path.of(arguments[0]))
                    .start();
            execute(server, "CREATE TABLE orphaned AS SELECT 42 AS answer");
            System.out.println(server.pid());
            Thread.currentThread().join(Duration.ofMinutes(5).toMillis());
        }
    }
}
