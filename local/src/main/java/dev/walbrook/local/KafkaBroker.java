package dev.walbrook.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Apache Kafka broker and controller in this JVM, on 127.0.0.1, with one node and data that outlives it.
 *
 * <p>All methods may be called from any thread. Nothing stops the broker when the JVM ends; the owner does so. A fatal
 * error inside Kafka does not end the JVM, see {@link #failure()}.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaBroker.class);

    private static final String CONTROLLER_LISTENER = "CONTROLLER";
    private static final int NODE = 1;

    /** What Kafka's formatting leaves in a data directory. */
    private static final String META = "meta.properties";

    private final Builder configuration;
    private final Path dataDirectory;
    private @Nullable DirectoryLock lock;
    private @Nullable KafkaRaftServer server;
    private volatile int port;
    private int controllerPort;
    private volatile int exitMark;

    private KafkaBroker(Builder configuration, Path dataDirectory) {
        this.configuration = configuration;
        this.dataDirectory = dataDirectory;
        this.port = configuration.port;
        this.controllerPort = configuration.controllerPort;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What to start. Only the data directory is required. */
    public static final class Builder {

        private final Map<String, String> properties = new LinkedHashMap<>();
        private @Nullable Path dataDirectory;
        private int port;
        private int controllerPort;

        private Builder() {}

        /** Where the logs are or shall be. Its path must not have a comma, which Kafka takes for a separator. */
        public Builder dataDirectory(Path directory) {
            this.dataDirectory = directory;
            return this;
        }

        /** The port for clients; 0, the default, takes a free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** The port on which the broker and the controller talk; 0, the default, takes a free one. */
        public Builder controllerPort(int number) {
            this.controllerPort = number;
            return this;
        }

        /** A property of server.properties; it wins over those that are set here. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /**
         * Starts the broker and returns when it takes requests.
         *
         * @throws PortInUseException if a port is taken
         * @throws DataDirectoryInUseException if another living process uses the data directory
         * @throws StartException if it cannot be started
         */
        public KafkaBroker start() {
            if (dataDirectory == null) {
                throw new IllegalStateException("A data directory is required");
            }
            Path directory = dataDirectory.toAbsolutePath().normalize();
            if (directory.toString().contains(",")) {
                throw new StartException("Kafka takes a comma in the path of its data directory for a separator: "
                        + directory + ". Name a directory without one.");
            }
            KafkaBroker broker = new KafkaBroker(this, directory);
            broker.start();
            return broker;
        }
    }

    /** Starts the broker again after {@link #stop()}, on the same ports; a running one is left alone. */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        KafkaExit.replace();
        exitMark = KafkaExit.mark();
        KafkaRaftServer starting = null;
        try {
            lock = DirectoryLock.acquire(dataDirectory);
            int chosenPort = Ports.choose(port, "the Kafka broker");
            int chosenControllerPort = Ports.choose(controllerPort, "the Kafka controller");
            if (!Files.exists(dataDirectory.resolve(META))) {
                format();
            }
            starting = new KafkaRaftServer(
                    new KafkaConfig(properties(chosenPort, chosenControllerPort), false), Time.SYSTEM);
            starting.startup();
            server = starting;
            port = chosenPort;
            controllerPort = chosenControllerPort;
        } catch (StartException e) {
            releaseLock();
            throw e;
        } catch (Exception e) {
            if (starting != null) {
                shutDownQuietly(starting);
            }
            releaseLock();
            throw new StartException("The Kafka broker cannot be started in " + dataDirectory + ": " + e, e);
        }
        LOG.info("Kafka broker listens on {}, data in {}", bootstrapServers(), dataDirectory);
    }

    /** Formats beside the data directory and renames, so that a directory with that name is always complete. */
    private void format() throws Exception {
        Path unfinished = dataDirectory.resolveSibling(dataDirectory.getFileName() + ".format");
        PostgresBinaries.deleteTree(unfinished);
        Files.createDirectories(unfinished);
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(nowhere)
                    .setNodeId(NODE)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .setDirectories(List.of(unfinished.toString()))
                    .setMetadataLogDirectory(unfinished.toString())
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .run();
        }
        if (Files.isDirectory(dataDirectory)) {
            try (var entries = Files.list(dataDirectory)) {
                if (entries.findAny().isPresent()) {
                    throw new StartException("The directory " + dataDirectory
                            + " is neither empty nor a Kafka data directory. Name another one.");
                }
            }
            Files.delete(dataDirectory);
        }
        Files.move(unfinished, dataDirectory, StandardCopyOption.ATOMIC_MOVE);
    }

    private Map<String, String> properties(int chosenPort, int chosenControllerPort) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", Integer.toString(NODE));
        properties.put("controller.quorum.voters", NODE + "@127.0.0.1:" + chosenControllerPort);
        properties.put("controller.listener.names", CONTROLLER_LISTENER);
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + chosenPort + "," + CONTROLLER_LISTENER + "://127.0.0.1:"
                        + chosenControllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + chosenPort);
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        properties.put("log.dirs", dataDirectory.toString());

        // One node: nothing can be replicated, and few partitions of the internal topics start quickly.
        for (String topic : List.of("offsets.topic", "transaction.state.log", "share.coordinator.state.topic")) {
            properties.put(topic + ".replication.factor", "1");
            properties.put(topic + ".num.partitions", "4");
        }
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("auto.create.topics.enable", "true");
        properties.put("group.initial.rebalance.delay.ms", "0");

        // After a kill the controller waits this long for the dead broker before it believes in the new one.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");

        // A laptop's share of threads and memory: the cleaner alone would take 128 MiB of heap.
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        properties.put("background.threads", "2");
        properties.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
        properties.put("log.segment.bytes", Integer.toString(128 << 20));
        properties.putAll(configuration.properties);
        return properties;
    }

    /** Stops the broker in order and returns when its files are closed. */
    public synchronized void stop() {
        KafkaRaftServer running = server;
        if (running != null) {
            shutDownQuietly(running);
            server = null;
        }
        releaseLock();
    }

    private void shutDownQuietly(KafkaRaftServer running) {
        try {
            running.shutdown();
            running.awaitShutdown();
        } catch (RuntimeException e) {
            LOG.warn("The Kafka broker in {} did not stop in order", dataDirectory, e);
        }
    }

    private void releaseLock() {
        DirectoryLock held = lock;
        if (held != null) {
            held.close();
            lock = null;
        }
    }

    /** The same as {@link #stop()}. */
    @Override
    public void close() {
        stop();
    }

    /**
     * What went fatally wrong since the start, in words: Kafka wanted to end the process. Broker and worker of one JVM
     * cannot be told apart here; the text names the thread.
     */
    public Optional<String> failure() {
        return KafkaExit.since(exitMark);
    }

    /**
     * The identifier that the data directory got when it was formatted: another one means other topics, offsets and
     * groups, whatever their names.
     *
     * @throws StartException if the data directory cannot be read
     */
    public String clusterId() {
        Properties properties = new Properties();
        try (InputStream file = Files.newInputStream(dataDirectory.resolve(META))) {
            properties.load(file);
        } catch (IOException e) {
            throw new StartException("The Kafka data directory " + dataDirectory + " cannot be read: " + e, e);
        }
        return properties.getProperty("cluster.id", "");
    }

    /** The port for clients on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The value for a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }
}
