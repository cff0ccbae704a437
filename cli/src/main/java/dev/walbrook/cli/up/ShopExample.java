package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.connect.ConnectClient;
import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.admin.pipeline.OutboxConfig;
import dev.walbrook.admin.pipeline.SourceDatabase;
import dev.walbrook.cli.options.PostgresUrl;
import dev.walbrook.cli.options.RunningState;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Sql;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * The example of two services: the publisher on a database of the source server, an outbox connector that reads it, and
 * the consumer on a database of the sink server.
 */
final class ShopExample implements AutoCloseable {

    private static final String PUBLISHER_DATABASE = "shop";
    private static final String CONSUMER_DATABASE = "shop_consumer";
    private static final List<String> TOPICS = List.of("outbox.event.ORDER", "outbox.event.PAYMENT");
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final UpPlan plan;
    private final UpPlan.ShopPlan ports;
    private final Consumer<String> report;
    private final Deque<ServiceProcess> services = new ArrayDeque<>();

    ShopExample(UpPlan plan, UpPlan.ShopPlan ports, Consumer<String> report) {
        this.plan = plan;
        this.ports = ports;
        this.report = report;
    }

    /** Starts all of it and prints what to try. */
    void open(RunningState state) {
        try {
            report.accept("opening the shop");
            ConnectionSettings shop = createDatabase(state.source(), PUBLISHER_DATABASE);
            ConnectionSettings received = createDatabase(state.sink(), CONSUMER_DATABASE);
            createTopics(state.brokers());
            ServiceProcess publisher = start("shop-publisher", ports.publisherPort(), shop, Map.of());
            ServiceProcess consumer = start(
                    "shop-consumer",
                    ports.consumerPort(),
                    received,
                    Map.of("KAFKA_BOOTSTRAP_SERVERS", state.brokers()));
            // The publisher makes the outbox's table, which the connector wants to find.
            publisher.awaitReady(health(ports.publisherPort()));
            ConnectClient connect = new ConnectClient(state.connectUrl());
            connect.putConfig(
                    OutboxConfig.CONNECTOR,
                    OutboxConfig.connector(
                            shop,
                            "${file:" + RunningState.passwordFile(plan.dataDirectory(), "source") + ":password}"));
            connect.awaitRunning(OutboxConfig.CONNECTOR, LIMIT);
            awaitSlot(shop);
            consumer.awaitReady(health(ports.consumerPort()));
            tellWhatToTry();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException("stopped while starting", "", e);
        }
    }

    private ServiceProcess start(String name, int port, ConnectionSettings database, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("SERVER_PORT", Integer.toString(port));
        all.put("SERVER_ADDRESS", "127.0.0.1");
        all.put("DATABASE_URL", DatabaseConnection.jdbcUrl(database));
        all.put("DATABASE_USER", database.user());
        all.put("DATABASE_PASSWORD", String.valueOf(database.password()));
        ServiceProcess service = ServiceProcess.start(
                name, Distribution.service(name), all, plan.logsDirectory().resolve(name + ".log"));
        services.push(service);
        return service;
    }

    private static URI health(int port) {
        return URI.create("http://127.0.0.1:" + port + "/actuator/health");
    }

    private static ConnectionSettings createDatabase(ConnectionSettings server, String name) {
        try (Connection connection = DatabaseConnection.open(server);
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = " + Sql.literal(name))) {
            if (!row.next()) {
                statement.execute("CREATE DATABASE " + Sql.identifier(name));
            }
        } catch (SQLException e) {
            throw new AdminException("cannot create the database " + name + ": " + e.getMessage(), "", e);
        }
        return PostgresUrl.withDatabase(server, name);
    }

    /** Before their first records, so that the consumer has its partitions when these come. */
    private static void createTopics(String brokers) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            for (String topic : TOPICS) {
                try {
                    admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1)))
                            .all()
                            .get();
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw new AdminException("cannot create the topic " + topic + ": " + e.getCause(), "", e);
                    }
                }
            }
        }
    }

    /** An event that is deleted at once, or is a message, is published only if the slot was there before it. */
    private static void awaitSlot(ConnectionSettings shop) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (SourceDatabase database = SourceDatabase.open(shop)) {
            while (database.slot(OutboxConfig.SLOT).isEmpty()) {
                if (System.nanoTime() > deadline) {
                    throw new AdminException(
                            "the connector " + OutboxConfig.CONNECTOR + " has not made its slot " + OutboxConfig.SLOT,
                            "The reason is in the log.");
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        } catch (SQLException e) {
            throw new AdminException("cannot look at the shop's database: " + e.getMessage(), "", e);
        }
    }

    private void tellWhatToTry() {
        String publisher = "http://127.0.0.1:" + ports.publisherPort() + "/publisher/api";
        String json = " -H 'Content-Type: application/json' -d '";
        report.accept("the shop is open; try:");
        report.accept(
                "  curl -i " + publisher + "/orders" + json + "{\"quantity\": 2, \"deliveryMethod\": \"GRUB_HUB\"}'");
        report.accept("  curl -i " + publisher + "/payments" + json
                + "{\"orderId\": 1, \"paymentMethod\": \"CREDIT_CARD\"}'");
        report.accept("  curl http://127.0.0.1:" + ports.consumerPort() + "/consumer/api/events");
        report.accept("  tail -f '" + plan.logsDirectory().resolve("shop-consumer.log") + "'");
        report.accept("the publisher's API is described at " + publisher + "/docs");
    }

    /** @throws AdminException if a service has ended by itself */
    void requireRunning() {
        services.forEach(ServiceProcess::requireRunning);
    }

    /** The consumer first: what it has not read yet waits in Kafka. */
    @Override
    public void close() {
        services.forEach(ServiceProcess::close);
    }
}
