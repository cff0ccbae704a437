package dev.walbrook.benchmarks.server;

import dev.walbrook.local.PostgresServer;
import dev.walbrook.postgres.ConnectionSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * PostgreSQL and a broker, started for one run of the suite on data directories that are thrown away, and workers on them.
 * Used by one thread.
 */
public final class Servers implements AutoCloseable {

    /** What PostgreSQL is told; it stands in every report. */
    public static final Map<String, String> POSTGRES_SETTINGS = Map.of(
            "wal_level", "logical",
            "max_wal_senders", "20",
            "max_replication_slots", "40",
            "shared_buffers", "512MB",
            // The changes are written before the clock starts; what is measured is how they leave. No disk is measured.
            "fsync", "off",
            "max_wal_size", "64GB",
            "checkpoint_timeout", "1h",
            "autovacuum", "off",
            "wal_sender_timeout", "10min");

    /** The broker's heap; it is the same for every contender. */
    public static final String BROKER_HEAP = "1g";

    private final Build build;
    private final Path directory;
    private final PostgresServer postgres;
    private final ServerProcess broker;
    private final AtomicInteger groups = new AtomicInteger();
    private boolean closed;

    private Servers(Build build, Path directory, PostgresServer postgres, ServerProcess broker) {
        this.build = build;
        this.directory = directory;
        this.postgres = postgres;
        this.broker = broker;
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "stop-servers"));
    }

    /** Starts PostgreSQL and the broker with data and logs in an empty directory, which {@link #close} deletes but for the logs. */
    public static Servers start(Build build, Path directory) {
        try {
            Files.createDirectories(directory);
            // PostgreSQL runs as another user when we are root.
            PostgresServer.Builder settings = PostgresServer.builder().dataDirectory(directory.resolve("postgres"));
            POSTGRES_SETTINGS.forEach(settings::setting);
            PostgresServer postgres = settings.start();
            try {
                ServerProcess broker = ServerProcess.start(
                        build,
                        BrokerMain.class,
                        directory.resolve("broker.log"),
                        List.of("-Xms" + BROKER_HEAP, "-Xmx" + BROKER_HEAP, "-XX:+UseG1GC"),
                        List.of(directory.resolve("kafka").toString()));
                return new Servers(build, directory, postgres, broker);
            } catch (RuntimeException e) {
                postgres.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write into " + directory, e);
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
                directory.resolve(group + ".log"),
                List.of("-Xmx" + heap, "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError"),
                arguments);
    }

    public String bootstrapServers() {
        return broker.address();
    }

    public ServerProcess broker() {
        return broker;
    }

    public PostgresServer postgres() {
        return postgres;
    }

    /** How our own code reaches a database. */
    public ConnectionSettings connectionSettings(String database) {
        return new ConnectionSettings(
                "127.0.0.1", postgres.port(), database, postgres.user(), postgres.password(), Map.of());
    }

    /** Executes statements in a database, one by one outside a transaction. */
    public void execute(String database, List<String> statements) throws SQLException {
        try (Connection connection = postgres.open(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Stops both; also done when the JVM is told to end. Doing it again does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        broker.close();
        postgres.kill();
        for (String data : List.of("postgres", "kafka")) {
            delete(directory.resolve(data));
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
