package dev.walbrook.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server on 127.0.0.1, run as a child process on a data directory that outlives it.
 *
 * <p>Durability is PostgreSQL's own: {@code fsync} is on unless a setting says otherwise. Whatever killed the previous
 * run, {@link Builder#start()} on the same directory recovers it, and first stops a server which that run left behind.
 *
 * <p>All methods may be called from any thread. Nothing stops the server when the JVM ends; the owner does so.
 */
public final class PostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    /** PostgreSQL's "the database system is starting up" or "is shutting down". */
    private static final String CANNOT_CONNECT_NOW = "57P03";

    /** How often a free port may be lost to another process before we give up. */
    private static final int PORT_ATTEMPTS = 5;

    private final Builder configuration;
    private final PostgresBinaries binaries;
    private final Path dataDirectory;
    private final Path logFile;
    private final Cluster cluster;
    private @Nullable DirectoryLock lock;
    private volatile @Nullable Process process;
    private volatile int port;
    private volatile String password = "";

    private PostgresServer(Builder configuration, Path dataDirectory) {
        this.configuration = configuration;
        this.binaries = configuration.binaries != null ? configuration.binaries : PostgresBinaries.fromClasspath();
        this.dataDirectory = dataDirectory;
        this.logFile = configuration.logFile != null
                ? configuration.logFile.toAbsolutePath()
                : dataDirectory.resolveSibling(dataDirectory.getFileName() + ".log");
        this.cluster = new Cluster(dataDirectory);
        this.port = configuration.port;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What to start. Only the data directory is required. */
    public static final class Builder {

        private final Map<String, String> settings = new LinkedHashMap<>();
        private @Nullable PostgresBinaries binaries;
        private @Nullable Path dataDirectory;
        private @Nullable Path logFile;
        private int port;
        private String superuser = "postgres";

        private Builder() {}

        /** The programs to run; those on the class path by default. */
        public Builder binaries(PostgresBinaries chosen) {
            this.binaries = chosen;
            return this;
        }

        /** Where the data is or shall be. Files named like it, with an ending, are written beside it. */
        public Builder dataDirectory(Path directory) {
            this.dataDirectory = directory;
            return this;
        }

        /** The TCP port; 0, the default, takes a free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** A setting of postgresql.conf, which wins over the file and over {@code ALTER SYSTEM}. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** The superuser's name in a new data directory, "postgres" by default. */
        public Builder superuser(String name) {
            this.superuser = name;
            return this;
        }

        /** Where the server's output goes, appended; {@code <data directory>.log} by default. */
        public Builder logFile(Path file) {
            this.logFile = file;
            return this;
        }

        /**
         * Starts the server and waits until it answers.
         *
         * @throws PortInUseException if the port is taken
         * @throws DataDirectoryInUseException if another living process uses the data directory
         * @throws StartException if it cannot be started; the message ends with the server's last words
         */
        public PostgresServer start() {
            if (dataDirectory == null) {
                throw new IllegalStateException("A data directory is required");
            }
            PostgresServer server =
                    new PostgresServer(this, dataDirectory.toAbsolutePath().normalize());
            server.start();
            return server;
        }
    }

    /** Starts the server again after {@link #stop()} or {@link #kill()}, on the same port; a running one is left alone. */
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        try {
            releaseLock();
            lock = DirectoryLock.acquire(dataDirectory);
            cluster.stopOrphan(STOP_LIMIT);
            boolean sync = !"off".equalsIgnoreCase(configuration.settings.get("fsync"));
            cluster.initialise(binaries, configuration.superuser, sync);
            password = cluster.password();
            Files.createDirectories(logFile.getParent());
            launch();
        } catch (IOException e) {
            releaseLock();
            throw new StartException("PostgreSQL cannot be started in " + dataDirectory + ": " + e, e);
        } catch (RuntimeException e) {
            releaseLock();
            throw e;
        }
        LOG.info("PostgreSQL {} listens on 127.0.0.1:{}, data in {}", binaries.majorVersion(), port, dataDirectory);
    }

    private void launch() throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        int lostPorts = 0;
        while (true) {
            int candidate = Ports.choose(port, "PostgreSQL");
            long logStart = Files.exists(logFile) ? Files.size(logFile) : 0;
            Process started = CommandLine.process(
                            CommandLine.inOwnSession(CommandLine.unprivileged(command(candidate))))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()))
                    .start();
            process = started;
            started.getOutputStream().close();
            try {
                awaitReady(started, candidate, logStart, deadline);
                port = candidate;
                return;
            } catch (ServerExited e) {
                boolean portTaken = e.log.contains("could not bind");
                if (portTaken && port != 0) {
                    throw new PortInUseException("PostgreSQL", port, Ports.holder(port));
                }
                boolean lostPort = portTaken && ++lostPorts < PORT_ATTEMPTS;
                // Children of a killed postmaster notice its death within moments; until then they hold its memory.
                boolean retry = lostPort || e.log.contains("pre-existing shared memory block");
                if (!retry || System.nanoTime() > deadline) {
                    throw new StartException(
                            "PostgreSQL ended with status " + started.exitValue() + " while starting in "
                                    + dataDirectory + ". Its log " + logFile + " ends with:\n" + e.log,
                            e);
                }
            }
        }
    }

    private List<String> command(int chosenPort) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("postgres").toString(),
                "-D",
                dataDirectory.toString(),
                "-p",
                Integer.toString(chosenPort),
                "-c",
                "listen_addresses=127.0.0.1",
                // A socket's path may have 107 bytes, which a deep data directory exceeds; TCP is enough.
                "-c",
                "unix_socket_directories="));
        configuration.settings.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        return command;
    }

    private void awaitReady(Process started, int chosenPort, long logStart, long deadline)
            throws IOException, ServerExited {
        SQLException last = null;
        while (System.nanoTime() < deadline) {
            if (!started.isAlive()) {
                throw new ServerExited(log(logStart));
            }
            if (cluster.isReady(started.pid())) {
                try (Connection connection = connect("postgres", chosenPort)) {
                    if (connection.isValid(5)) {
                        return;
                    }
                } catch (SQLException e) {
                    last = e;
                    if (!isTransient(e)) {
                        break;
                    }
                }
            }
            pauseOrExit(started);
        }
        Signal.stopPostmaster(started.toHandle(), Duration.ofSeconds(5));
        throw new StartException(
                "PostgreSQL in " + dataDirectory + " started but does not answer on 127.0.0.1:"
                        + chosenPort + (last == null ? "" : ": " + last.getMessage()) + ". Its log " + logFile
                        + " ends with:\n" + log(logStart),
                last);
    }

    private static boolean isTransient(SQLException e) {
        String state = e.getSQLState();
        return state == null || state.startsWith("08") || state.equals(CANNOT_CONNECT_NOW);
    }

    /** Waits a moment, less if the server ends. */
    private static void pauseOrExit(Process started) {
        try {
            started.waitFor(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            started.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new StartException("Interrupted while PostgreSQL was starting", e);
        }
    }

    /** What the server wrote since the given position, its last 4 kilobytes. */
    private String log(long start) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(logFile.toFile(), "r")) {
            long from = Math.max(start, file.length() - 4096);
            byte[] bytes = new byte[(int) Math.max(0, file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8).trim();
        }
    }

    /** The server ended before it was ready; carries its last words. */
    private static final class ServerExited extends Exception {
        private static final long serialVersionUID = 1L;
        private final String log;

        private ServerExited(String log) {
            super("The server ended early");
            this.log = log;
        }
    }

    /** Stops the server in order: sessions are ended, a checkpoint is written. Returns when the process is gone. */
    public synchronized void stop() {
        Process running = process;
        try {
            if (running != null && running.isAlive()) {
                Signal.stopPostmaster(running.toHandle(), STOP_LIMIT);
            }
        } catch (IOException e) {
            LOG.warn("PostgreSQL in {} is stopped by force: {}", dataDirectory, e.toString());
            kill();
        } finally {
            releaseLock();
        }
    }

    /** Ends the server like a power cut, all its processes at once, and returns when they are gone. */
    public synchronized void kill() {
        Process running = process;
        if (running != null && running.isAlive()) {
            List<ProcessHandle> family = running.descendants().toList();
            // The postmaster first: it would start new children for those that die.
            running.destroyForcibly();
            family.forEach(ProcessHandle::destroyForcibly);
            Signal.awaitEnd(running.toHandle(), Duration.ofSeconds(10));
            family.forEach(child -> Signal.awaitEnd(child, Duration.ofSeconds(10)));
        }
        releaseLock();
    }

    /** Stops and starts again on the same port. */
    public synchronized void restart() {
        stop();
        start();
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    private void releaseLock() {
        DirectoryLock held = lock;
        if (held != null) {
            held.close();
            lock = null;
        }
    }

    /** Whether the server's process lives. */
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /**
     * The postmaster's process id.
     *
     * @throws IllegalStateException if it was never started
     */
    public long pid() {
        Process current = process;
        if (current == null) {
            throw new IllegalStateException("The server was not started");
        }
        return current.pid();
    }

    /** The TCP port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The superuser's name. */
    public String user() {
        return configuration.superuser;
    }

    /** The superuser's password; it is a secret. */
    public String password() {
        return password;
    }

    /** PostgreSQL's major version, such as 17. */
    public int majorVersion() {
        return binaries.majorVersion();
    }

    /** Where the server's output goes. */
    public Path logFile() {
        return logFile;
    }

    /** The JDBC URL of a database, without user and password. */
    public String jdbcUrl(String database) {
        return jdbcUrl(database, port());
    }

    private static String jdbcUrl(String database, int chosenPort) {
        String encoded = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(chosenPort, encoded);
    }

    /** A new connection as the superuser; the caller closes it. */
    public Connection open(String database) throws SQLException {
        return connect(database, port());
    }

    private Connection connect(String database, int chosenPort) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", configuration.superuser);
        properties.setProperty("password", password);
        // Seconds.
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(jdbcUrl(database, chosenPort), properties);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "PostgreSQL %d on 127.0.0.1:%d", binaries.majorVersion(), port());
    }
}
