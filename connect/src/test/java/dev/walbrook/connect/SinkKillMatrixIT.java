package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.local.Ports;
import dev.walbrook.testkit.Seeds;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worker, broker and target are killed at random under load. Then a table that is written by plain inserts and has no key holds
 * every record of its topics once, and one that is written by upserts holds the last of each key.
 *
 * <p>The system property {@value #SECONDS_PROPERTY} says for how long, 30 by default; each of them is killed at least once.
 */
class SinkKillMatrixIT {

    static final String SECONDS_PROPERTY = "walbrook.test.sink.kill.seconds";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final int KEYS = 500;
    private static final int PARTITIONS = 2;

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final int workerPort = Ports.free();
    private final int brokerPort = Ports.free();
    private final int controllerPort = Ports.free();
    private final Map<Integer, Integer> lastOfKey = new HashMap<>();
    private TestPostgres targetServer;
    private TestDatabase target;
    private Process broker;
    private Process worker;

    @BeforeEach
    void startAll() throws Exception {
        targetServer = TestPostgres.fresh();
        target = targetServer.createDatabase();
        target.execute("CREATE TABLE log (n int, k int)", "CREATE TABLE latest (k int PRIMARY KEY, n int)");
        broker = startBroker();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(
                            new NewTopic("log", PARTITIONS, (short) 1), new NewTopic("latest", PARTITIONS, (short) 1)))
                    .all()
                    .get(1, TimeUnit.MINUTES);
        }
        worker = startWorker();
    }

    @AfterEach
    void killAll() throws Exception {
        for (Process process : processes()) {
            process.destroyForcibly().waitFor();
        }
        target.close();
        targetServer.close();
    }

    /** Those that were started. */
    private List<Process> processes() {
        return Stream.of(worker, broker).filter(Objects::nonNull).toList();
    }

    @Test
    void nothingIsLostAndNothingIsTwice() throws Exception {
        Random random = Seeds.random();
        long seconds = Long.getLong(SECONDS_PROPERTY, 30);
        deploy("kill-log", properties("log", Map.of()));
        deploy(
                "kill-latest",
                properties(
                        "latest",
                        Map.of(
                                "insert.mode",
                                "upsert",
                                "primary.key.mode",
                                "record_value",
                                "primary.key.fields",
                                "k")));
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<Integer> produced = CompletableFuture.supplyAsync(() -> produce(stop));
        int kills = 0;
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            List<Integer> first = new ArrayList<>(List.of(0, 1, 2));
            Collections.shuffle(first, random);
            while (kills < first.size() || System.nanoTime() < end) {
                int floor = count();
                // Under load: each kill comes a while after the sink has written something.
                Awaitility.await("the sink writes").atMost(LIMIT).until(() -> count() > floor);
                long pause = random.nextLong(2_000);
                long from = System.nanoTime();
                Awaitility.await().atMost(LIMIT).until(() -> System.nanoTime() - from > pause * 1_000_000);
                killOne(kills < first.size() ? first.get(kills) : random.nextInt(3));
                kills++;
            }
        } finally {
            stop.set(true);
        }
        int last = produced.get(2, TimeUnit.MINUTES);
        System.out.println("Killed " + kills + " times while " + last + " records were produced");

        Awaitility.await("everything is written").atMost(LIMIT).until(() -> count() >= topicSize("log"));
        assertThat(target.query("SELECT count(*), count(DISTINCT n) FROM log"))
                .containsExactly(List.of(Integer.toString(last), Integer.toString(last)));
        Awaitility.await("the last of each key").atMost(LIMIT).untilAsserted(() -> {
            Map<Integer, Integer> found = new HashMap<>();
            target.query("SELECT k, n FROM latest")
                    .forEach(row -> found.put(Integer.valueOf(row.get(0)), Integer.valueOf(row.get(1))));
            assertThat(found).isEqualTo(lastOfKey);
        });
    }

    private void killOne(int which) throws Exception {
        switch (which) {
            case 0 -> {
                worker.destroyForcibly().waitFor();
                worker = startWorker();
            }
            case 1 -> {
                broker.destroyForcibly().waitFor();
                broker = startBroker();
            }
            default -> {
                targetServer.server().kill();
                targetServer.server().start();
            }
        }
    }

    /** How many were produced; each once to a topic, whatever becomes of the broker. */
    private int produce(AtomicBoolean stop) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", "127.0.0.1:" + brokerPort,
                "acks", "all",
                "enable.idempotence", "true",
                "delivery.timeout.ms", "600000",
                "max.block.ms", "600000");
        int n = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            while (!stop.get()) {
                for (int i = 0; i < 200; i++) {
                    int key = n % KEYS;
                    byte[] value =
                            """
                            {"schema":{"type":"struct","fields":[{"field":"n","type":"int32"},{"field":"k","type":"int32"}]},\
                            "payload":{"n":%d,"k":%d}}"""
                                    .formatted(n, key)
                                    .getBytes(StandardCharsets.UTF_8);
                    var log = producer.send(new ProducerRecord<>("log", n % PARTITIONS, null, value));
                    var latest = producer.send(new ProducerRecord<>("latest", key % PARTITIONS, null, value));
                    if (i == 0) {
                        // Some records a second: a load, and not a race.
                        log.get();
                        latest.get();
                    }
                    lastOfKey.put(key, n);
                    n++;
                }
            }
            producer.flush();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return n;
    }

    private int count() {
        try {
            return Integer.parseInt(String.valueOf(target.queryString("SELECT count(*) FROM log")));
        } catch (AssertionError e) {
            return 0;
        }
    }

    private long topicSize(String topic) throws Exception {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
            return admin.listOffsets(ends).all().get(1, TimeUnit.MINUTES).values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + brokerPort));
    }

    private Process startBroker() throws IOException {
        return BrokerProgram.start(folder.resolve("kafka"), brokerPort, controllerPort);
    }

    private Process startWorker() throws IOException {
        return WorkerProgram.start(
                "127.0.0.1:" + brokerPort, "sink-kill-matrix", System.getProperty("walbrook.plugin.path"), workerPort);
    }

    private void deploy(String name, Map<String, String> properties) {
        Awaitility.await("the worker takes " + name)
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    HttpRequest request = HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + workerPort + "/connectors/" + name + "/config"))
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(properties)))
                            .build();
                    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                    assertThat(response.statusCode()).as(response.body()).isNotEqualTo(400);
                    return response.statusCode() < 300;
                });
    }

    private Map<String, String> properties(String topic, Map<String, String> more) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("connector.class", "dev.walbrook.connect.sink.PostgresSinkConnector");
        properties.put("tasks.max", "2");
        properties.put("topics", topic);
        properties.put("connection.url", target.jdbcUrl());
        properties.put("connection.username", target.user());
        properties.put("connection.password", target.password());
        properties.put("collection.name.format", topic);
        properties.put("errors.tolerance", "all");
        properties.put("key.converter", "org.apache.kafka.connect.storage.StringConverter");
        properties.put("value.converter", "org.apache.kafka.connect.json.JsonConverter");
        properties.put("consumer.override.auto.offset.reset", "earliest");
        properties.put("consumer.override.session.timeout.ms", "6000");
        properties.put("consumer.override.heartbeat.interval.ms", "2000");
        properties.putAll(more);
        return properties;
    }
}
