package dev.walbrook.benchmarks.server;

import dev.walbrook.local.PostgresServer;
import dev.walbrook.postgres.ConnectionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two PostgreSQL servers and a broker, started for one run of the suite on data directories that are thrown away, and workers
 * on them. Used by one thread.
 */
public final class Servers implements AutoCloseable {

    /** What PostgreSQL is told; it stands in every report. */
    public static final Map<String, String> POSTGRES_SETTINGS = Map.of(
            "wal_level", "logical",
            "max_wal_senders", "20",
            "max_replication_slots", "40",
            "shared_buffers", "512MB",
            // As users have them, so that whoever writes rows waits for the disk as he would elsewhere.
            "fsync", "on",
            "synchronous_commit", "on",
            "max_wal_size", "64GB",
            "checkpoint_timeout", "1h",
            "autovacuum", "off",
            "wal_sender_timeout", "10min");

    /** The broker's heap; it is the same for every contender. */
    public static final String BROKER_HEAP = "1g";

    private static final String DATA = "data-";

    private final Build build;
    private final Path logs;
    private final Path data;
    private final PostgresServer source;
    private final PostgresServer target;
    private final ServerProcess broker;
    private final AtomicInteger groups = new AtomicInteger();
    private @Nullable SchemaRegistry registry;
    private boolean closed;

    private Servers(
            Build build, Path logs, Path data, PostgresServer source, PostgresServer target, ServerProcess broker) {
        this.build = build;
        this.logs = logs;
        this.data = data;
        this.source = source;
        this.target = target;
        this.broker = broker;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-servers"));
    }

    /**
     * Starts PostgreSQL twice and the broker, with logs in {@code logs} and data in a directory of this process's, which
     * {@link #close} deletes.
     */
    public static Servers start(Build build, Path directory) {
        try {
            deleteLeftovers(directory);
            Path data = Files.createDirectories(
                    directory.resolve(DATA + ProcessHandle.current().pid()));
            PostgresServer source = null;
            PostgresServer target = null;
            try {
                source = postgres("source", directory, data);
                target = postgres("target", directory, data);
                ServerProcess broker = ServerProcess.start(
                        build,
                        BrokerMain.class,
                        directory.resolve("logs").resolve("broker.log"),
                        List.of("-Xms" + BROKER_HEAP, "-Xmx" + BROKER_HEAP, "-XX:+UseG1GC"),
                        List.of(data.resolve("kafka").toString()));
                return new Servers(build, directory.resolve("logs"), data, source, target, broker);
            } catch (RuntimeException e) {
                close(source);
                close(target);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + directory, e);
        }
    }

    private static PostgresServer postgres(String name, Path directory, Path data) {
        PostgresServer.Builder settings = PostgresServer.builder()
                .dataDirectory(data.resolve(name))
                .logFile(directory.resolve("logs").resolve(name + ".log"));
        POSTGRES_SETTINGS.forEach(settings::setting);
        return settings.start();
    }

    private static void close(@Nullable PostgresServer server) {
        if (server != null) {
            server.close();
        }
    }

    /**
     * Starts a worker.
     *
     * @param name names its log file
     * @param heap its largest heap, as in {@code -Xmx}
     */
    public ServerProcess startWorker(String name, String heap) {
        String group = name + "-" + groups.incrementAndGet();
        List<String> arguments = new ArrayList<>(List.of(bootstrapServers(), group));
        build.pluginFolders().forEach(folder -> arguments.add(folder.toString()));
        return ServerProcess.start(
                build,
                WorkerMain.class,
                logs.resolve(group + ".log"),
                List.of("-Xmx" + heap, "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"),
                arguments);
    }

    public String bootstrapServers() {
        return broker.address();
    }

    public ServerProcess broker() {
        return broker;
    }

    /** The schema registry, which is started when it is first wanted. */
    public synchronized SchemaRegistry schemaRegistry() {
        SchemaRegistry running = registry;
        if (running == null) {
            running = SchemaRegistry.start(build, logs.resolve("registry.log"));
            registry = running;
        }
        return running;
    }

    /** Where the datasets are. */
    public PostgresServer source() {
        return source;
    }

    /** Where they are replicated to: a server of its own, or the source's WAL would fill with what is written there. */
    public PostgresServer target() {
        return target;
    }

    /** A file in libpq's format with the password of the source's superuser, which only this user can read. */
    public Path passwordFile() {
        Path file = data.resolve("pgpass").toAbsolutePath();
        try {
            if (Files.notExists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, "127.0.0.1:*:*:*:" + source.password());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** How our own code reaches a database of the source. */
    public ConnectionSettings connectionSettings(String database) {
        return new ConnectionSettings("127.0.0.1", source.port(), database, source.user(), source.password(), Map.of());
    }

    /** Executes statements in a database, one by one outside a transaction. */
    public static void execute(PostgresServer server, String database, List<String> statements) throws SQLException {
        try (Connection connection = server.open(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Stops all; also done when the JVM is told to end. Doing it again does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (registry != null) {
            registry.close();
        }
        broker.close();
        source.kill();
        target.kill();
        delete(data);
    }

    /** The data of runs that were ended by force. */
    private static void deleteLeftovers(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> found = Files.list(directory)) {
            found.filter(path -> path.getFileName().toString().matches(DATA + "[0-9]+"))
                    .filter(path -> ProcessHandle.of(
                                    Long.parseLong(path.getFileName().toString().substring(DATA.length())))
                            .isEmpty())
                    .forEach(Servers::delete);
        }
    }

    private static void delete(Path tree) {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            System.err.println("cannot delete " + tree + ": " + e);
        }
    }
}
