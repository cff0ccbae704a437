package dev.walbrook.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka Connect worker in distributed mode in this JVM, with its REST interface on 127.0.0.1.
 *
 * <p>Connectors come from {@code plugin.path}, each folder with a class loader of its own, as in production. The
 * worker's state is in Kafka's topics, so it has no data directory; a worker with the same group on the same cluster
 * continues where the last one stopped.
 *
 * <p>All methods may be called from any thread. Nothing stops the worker when the JVM ends; the owner does so. A fatal
 * error inside Connect does not end the JVM, see {@link #failure()}.
 */
public final class ConnectWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectWorker.class);

    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    private final Builder configuration;
    private @Nullable Connect<DistributedHerder> connect;
    private volatile int port;
    private volatile int exitMark;

    private ConnectWorker(Builder configuration) {
        this.configuration = configuration;
        this.port = configuration.port;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** What to start. Only the bootstrap servers are required. */
    public static final class Builder {

        private final Map<String, String> properties = new LinkedHashMap<>();
        private final List<Path> pluginPath = new ArrayList<>();
        private @Nullable String bootstrapServers;
        private String groupId = "walbrook-connect";
        private int port;

        private Builder() {}

        /** Host and port of the brokers, separated by commas. */
        public Builder bootstrapServers(String servers) {
            this.bootstrapServers = servers;
            return this;
        }

        /** The port of the REST interface; 0, the default, takes a free one. */
        public Builder port(int number) {
            this.port = number;
            return this;
        }

        /** A folder that holds plugin folders, or jars; may be called several times. */
        public Builder pluginPath(Path folder) {
            pluginPath.add(folder);
            return this;
        }

        /** The Connect cluster's name, which also begins the names of its three topics. */
        public Builder groupId(String name) {
            this.groupId = name;
            return this;
        }

        /** A property of connect-distributed.properties; it wins over those that are set here. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /**
         * Starts the worker and returns when it has joined its group and its REST interface takes requests.
         *
         * @throws PortInUseException if the port is taken
         * @throws StartException if it cannot be started
         */
        public ConnectWorker start() {
            ConnectWorker worker = new ConnectWorker(this);
            worker.start();
            return worker;
        }
    }

    /** Starts the worker again after {@link #stop()}, on the same port; a running one is left alone. */
    public synchronized void start() {
        if (connect != null) {
            return;
        }
        KafkaExit.replace();
        exitMark = KafkaExit.mark();
        int chosenPort = Ports.choose(port, "the Kafka Connect worker");
        Map<String, String> properties = properties(chosenPort);
        // Connect leaves its plugin class loader on the thread that starts it, for the threads this one creates.
        ClassLoader own = Thread.currentThread().getContextClassLoader();
        try {
            connect = new ConnectDistributed().startConnect(properties);
        } catch (RuntimeException e) {
            throw new StartException("The Kafka Connect worker cannot be started: " + rootMessage(e), e);
        } finally {
            Thread.currentThread().setContextClassLoader(own);
        }
        port = chosenPort;
        try {
            awaitReady();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        LOG.info("Kafka Connect worker answers on {}", restUrl());
    }

    private Map<String, String> properties(int chosenPort) {
        if (configuration.bootstrapServers == null) {
            throw new IllegalStateException("Bootstrap servers are required");
        }
        String group = configuration.groupId;
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("bootstrap.servers", configuration.bootstrapServers);
        properties.put("group.id", group);
        properties.put("listeners", "http://127.0.0.1:" + chosenPort);
        properties.put("key.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("plugin.discovery", "service_load");
        if (!configuration.pluginPath.isEmpty()) {
            properties.put(
                    "plugin.path",
                    configuration.pluginPath.stream()
                            .map(ConnectWorker::pluginFolder)
                            .collect(Collectors.joining(",")));
        }
        properties.put("config.storage.topic", group + "-configs");
        properties.put("offset.storage.topic", group + "-offsets");
        properties.put("status.storage.topic", group + "-status");
        properties.put("offset.storage.partitions", "4");
        properties.put("status.storage.partitions", "2");
        for (String storage : List.of("config", "offset", "status")) {
            properties.put(storage + ".storage.replication.factor", "1");
        }
        properties.put("offset.flush.interval.ms", "5000");
        // There is nobody to wait for: a worker that left will not be back under another name.
        properties.put("scheduled.rebalance.max.delay.ms", "0");
        // The shortest a broker allows by default; after a kill the group waits that long for the dead member.
        properties.put("session.timeout.ms", "6000");
        properties.put("heartbeat.interval.ms", "2000");
        properties.putAll(configuration.properties);
        return properties;
    }

    private static String pluginFolder(Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new StartException("There is no plugin folder " + absolute + ".");
        }
        if (absolute.toString().contains(",")) {
            throw new StartException("Kafka Connect takes a comma in a plugin folder's path for a separator: "
                    + absolute + ". Move the folder.");
        }
        return absolute.toString();
    }

    /** Waits for the health resource, which says whether the worker has read its topics and joined its group. */
    private void awaitReady() {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(restUrl() + "/health"))
                .timeout(Duration.ofSeconds(10))
                .build();
        String last = "no answer yet";
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            Optional<String> failure = failure();
            if (failure.isPresent()) {
                throw new StartException("The Kafka Connect worker failed while starting: " + failure.get() + ".");
            }
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                last = response.statusCode() + " " + response.body();
                Thread.sleep(100);
            } catch (IOException e) {
                last = e.toString();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StartException("Interrupted while the Kafka Connect worker was starting", e);
            }
        }
        throw new StartException("The Kafka Connect worker was not ready within " + START_LIMIT.toSeconds()
                + " seconds, last: " + last + ". Is the broker at " + configuration.bootstrapServers + " reachable?");
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return root == failure ? String.valueOf(failure.getMessage()) : failure.getMessage() + ": " + root.getMessage();
    }

    /** Stops connectors and tasks in order, leaves the group, and returns when the threads have ended. */
    public synchronized void stop() {
        Connect<DistributedHerder> running = connect;
        if (running != null) {
            running.stop();
            running.awaitStop();
            connect = null;
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

    /** The port of the REST interface on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** The address of the REST interface, without a slash at the end. */
    public String restUrl() {
        return "http://127.0.0.1:" + port();
    }
}
