package dev.walbrook.examples.shop.journey;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.connect.ConnectClient;
import dev.walbrook.admin.connect.ConnectorStatus;
import dev.walbrook.admin.pipeline.OutboxConfig;
import dev.walbrook.local.Ports;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.awaitility.Awaitility;

/** The whole shop: a database server, and broker, worker, publisher and consumer each in a process of its own. */
final class Shop implements AutoCloseable {

    static final List<String> TOPICS = List.of("outbox.event.ORDER", "outbox.event.PAYMENT", "outbox.event.COUNTER");

    private final Path folder;
    private final TestPostgres postgres = TestPostgres.fresh();
    private final TestDatabase publisherDatabase = postgres.createDatabase();
    private final TestDatabase consumerDatabase = postgres.createDatabase();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int brokerPort = Ports.free();
    private final int workerPort = Ports.free();
    private final int publisherPort = Ports.free();
    private final int consumerPort = Ports.free();
    private final Part broker;
    private final Part worker;
    private final Part publisher;
    private final Part consumer;

    /** @param transport the publisher's: table or message */
    Shop(String transport) throws IOException {
        folder = Files.createTempDirectory("walbrook shop ");
        broker = Part.program(
                BrokerProgram.class, folder, folder.resolve("kafka").toString(), Integer.toString(brokerPort));
        worker = Part.program(
                WorkerProgram.class,
                folder,
                bootstrapServers(),
                Integer.toString(workerPort),
                plugins().toString());
        publisher = service("publisher", publisherPort, publisherDatabase, Map.of("OUTBOX_TRANSPORT", transport));
        consumer = service(
                "consumer",
                consumerPort,
                consumerDatabase,
                Map.of("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers(), "TOPICS", String.join(",", TOPICS)));
    }

    private Part service(String name, int port, TestDatabase database, Map<String, String> special) {
        Map<String, String> environment = new HashMap<>(special);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("SERVER_ADDRESS", "127.0.0.1");
        environment.put("DATABASE_URL", database.jdbcUrl());
        environment.put("DATABASE_USER", database.user());
        environment.put("DATABASE_PASSWORD", database.password());
        environment.put("LOGGING_LEVEL_ORG_APACHE_KAFKA", "warn");
        Path jar = repository().resolve("examples/shop/" + name + "/target/shop-" + name + "-service.jar");
        URI health = URI.create("http://127.0.0.1:" + port + "/actuator/health");
        return Part.service(
                jar,
                folder,
                environment,
                () -> send(HttpRequest.newBuilder(health)).statusCode() == 200);
    }

    private static Path plugins() {
        String configured = System.getProperty("walbrook.plugin.path");
        return configured != null ? Path.of(configured) : repository().resolve("connect/target/plugin");
    }

    /** The tests run in the module's own folder. */
    private static Path repository() {
        return Path.of("../../..").toAbsolutePath().normalize();
    }

    /** Starts everything; the connector runs when this returns. */
    Shop open() throws Exception {
        broker.start();
        publisher.start();
        broker.awaitReady();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(TOPICS.stream()
                            .map(topic -> new NewTopic(topic, 3, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
        worker.start();
        consumer.start();
        publisher.awaitReady();
        worker.awaitReady();
        ConnectClient connect = connect();
        connect.putConfig(
                OutboxConfig.CONNECTOR,
                OutboxConfig.connector(settings(publisherDatabase), publisherDatabase.password()));
        connect.awaitRunning(OutboxConfig.CONNECTOR, Duration.ofMinutes(2));
        Awaitility.await("the slot").atMost(Duration.ofMinutes(1)).until(() -> !publisherDatabase
                .query("SELECT 1 FROM pg_replication_slots WHERE confirmed_flush_lsn IS NOT NULL")
                .isEmpty());
        consumer.awaitReady();
        return this;
    }

    private static ConnectionSettings settings(TestDatabase database) {
        return new ConnectionSettings(
                database.host(), database.port(), database.name(), database.user(), database.password(), Map.of());
    }

    private ConnectClient connect() {
        return new ConnectClient("http://127.0.0.1:" + workerPort);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + brokerPort;
    }

    URI publisherApi() {
        return URI.create("http://127.0.0.1:" + publisherPort + "/publisher/api/");
    }

    URI consumerApi() {
        return URI.create("http://127.0.0.1:" + consumerPort + "/consumer/api/");
    }

    TestDatabase publisherDatabase() {
        return publisherDatabase;
    }

    TestDatabase consumerDatabase() {
        return consumerDatabase;
    }

    String consumerLog() {
        return consumer.output();
    }

    /** Posts JSON to the publisher; the answer may never come while parts are killed. */
    HttpResponse<String> post(String resource, String body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(publisherApi().resolve(resource))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** A part that can be killed, and how. */
    enum Victim {
        BROKER,
        WORKER,
        PUBLISHER,
        CONSUMER,
        DATABASE
    }

    /** Kills it, starts it again at once and waits until it is ready. */
    void killAndStart(Victim victim) throws InterruptedException {
        if (victim == Victim.DATABASE) {
            postgres.server().kill();
            postgres.server().start();
            return;
        }
        Part part =
                switch (victim) {
                    case BROKER -> broker;
                    case WORKER -> worker;
                    case PUBLISHER -> publisher;
                    case CONSUMER -> consumer;
                    case DATABASE -> throw new IllegalStateException("no process of its own");
                };
        part.kill();
        part.start();
        part.awaitReady();
    }

    /** Waits until the connector runs again, which it does without help. */
    void awaitConnector() {
        Awaitility.await("the connector runs")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(AdminException.class)
                .until(() -> connect()
                        .status(OutboxConfig.CONNECTOR)
                        .filter(ConnectorStatus::isRunning)
                        .isPresent());
    }

    @Override
    public void close() throws Exception {
        for (Part part : List.of(consumer, publisher, worker, broker)) {
            part.close();
        }
        postgres.close();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
