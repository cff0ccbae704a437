package dev.walbrook.testkit;

import dev.walbrook.local.PostgresBinaries;
import dev.walbrook.local.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL servers with logical decoding for tests, of the version that the system property
 * {@value #VERSION_PROPERTY} chooses, 17 by default.
 *
 * <p>They do not wait for the disk; a test about durability takes {@link #fresh(Map)} with {@code fsync} on.
 */
public final class TestPostgres implements AutoCloseable {

    /** The major version to test with; those other than 17 need the Maven profile {@code all-postgres}. */
    public static final String VERSION_PROPERTY = "walbrook.test.postgres";

    private static final int DEFAULT_VERSION = 17;

    /** The data directory's name; what is beside it begins with it. */
    private static final String DATA = "data";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static @Nullable TestPostgres shared;

    private final PostgresServer server;
    private final TemporaryFolder folder;

    private TestPostgres(PostgresServer server, TemporaryFolder folder) {
        this.server = server;
        this.folder = folder;
    }

    /** The server that all tests of this JVM share; do not stop it, and leave its global settings alone. */
    public static synchronized TestPostgres source() {
        if (shared == null) {
            TestPostgres started = fresh();
            ShutdownOrder.atExit(started);
            shared = started;
        }
        return shared;
    }

    /** A server of the test's own, which the test closes. */
    public static TestPostgres fresh() {
        return fresh(Map.of());
    }

    /** A server of the test's own with these settings of postgresql.conf over the usual ones; the test closes it. */
    public static TestPostgres fresh(Map<String, String> settings) {
        return start(TemporaryFolder.create("postgres"), settings);
    }

    private static TestPostgres start(TemporaryFolder folder, Map<String, String> settings) {
        PostgresServer.Builder builder = PostgresServer.builder()
                .binaries(Installed.BINARIES)
                .dataDirectory(folder.path().resolve(DATA))
                .setting("wal_level", "logical")
                .setting("max_replication_slots", "64")
                .setting("max_wal_senders", "64")
                .setting("max_connections", "200")
                .setting("max_prepared_transactions", "16")
                .setting("fsync", "off");
        settings.forEach(builder::setting);
        return new TestPostgres(builder.start(), folder);
    }

    /**
     * A standby with the data that this server has now, which follows nobody any more and can be promoted; the test closes
     * it. This server is stopped and started for it, and keeps its port.
     */
    public TestPostgres standby() {
        server.stop();
        TemporaryFolder copy = TemporaryFolder.create("standby");
        copyTree(folder.path(), copy.path());
        try {
            Files.createFile(copy.path().resolve(DATA).resolve("standby.signal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.start();
        return start(copy, Map.of());
    }

    private static void copyTree(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!file.equals(from)) {
                    // With their owner: the server does not run as root.
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The major version that tests of this JVM run against. */
    public static int version() {
        return Integer.getInteger(VERSION_PROPERTY, DEFAULT_VERSION);
    }

    /** The server itself, to kill, stop and start it. */
    public PostgresServer server() {
        return server;
    }

    /** A new, empty database of a unique name; the test closes it. */
    public TestDatabase createDatabase() {
        return createDatabase("");
    }

    /**
     * A new, empty database of a unique name.
     *
     * @param options what follows {@code CREATE DATABASE name}, such as {@code ENCODING 'LATIN1' TEMPLATE template0}
     */
    public TestDatabase createDatabase(String options) {
        String name = "test_%d_%d".formatted(ProcessHandle.current().pid(), DATABASES.incrementAndGet());
        try (Connection connection = server.open("postgres");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " " + options);
        } catch (SQLException e) {
            throw new AssertionError("Cannot create database " + name, e);
        }
        return new TestDatabase(server, name);
    }

    /** A database that is there already. */
    public TestDatabase database(String name) {
        return new TestDatabase(server, name);
    }

    /** Stops the server and deletes its data. */
    @Override
    public void close() {
        server.stop();
        folder.close();
    }

    /** Unpacked once per JVM. */
    private static final class Installed {

        private static final PostgresBinaries BINARIES = find();

        private static PostgresBinaries find() {
            if (version() == DEFAULT_VERSION) {
                return PostgresBinaries.fromClasspath();
            }
            String jar = String.format(Locale.ROOT, "testkit/target/postgres-binaries/postgres-%d.jar", version());
            for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
                if (Files.isRegularFile(at.resolve(jar))) {
                    return PostgresBinaries.fromJar(at.resolve(jar));
                }
            }
            throw new AssertionError(
                    "PostgreSQL " + version() + " was not fetched: " + jar + " is missing. Build with -Pall-postgres.");
        }
    }
}
