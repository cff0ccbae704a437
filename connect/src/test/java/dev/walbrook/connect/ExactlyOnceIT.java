package dev.walbrook.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.connect.source.SourceConnector;
import dev.walbrook.local.Ports;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestKafka;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A worker with exactly-once support is killed while it reads the snapshot and while it streams. A reader of committed records
 * sees every row of the snapshot and every change once.
 */
@Timeout(300)
class ExactlyOnceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int ROWS = 8_000;
    private static final String GROUP = "exactly-once";
    private static final String TOPIC = "once.public.t";

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @Test
    void everyChangeIsSeenOnceHoweverTheWorkerIsKilled() throws Exception {
        String pluginPath = System.getProperty("walbrook.plugin.path");
        port = Ports.free();
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            database.execute(
                    "CREATE TABLE t (id int PRIMARY KEY)",
                    "INSERT INTO t SELECT i FROM generate_series(1, %d) i".formatted(ROWS));
            String slots = "SELECT count(*) FROM pg_replication_slots WHERE database = '" + database.name() + "'";

            Process worker = WorkerProgram.start(TestKafka.shared().bootstrapServers(), GROUP, pluginPath, port);
            try {
                deploy(properties(database));
                Awaitility.await("the snapshot begins")
                        .atMost(LIMIT)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> !"0".equals(database.queryString(slots)));
            } finally {
                kill(worker);
            }
            database.execute("INSERT INTO t SELECT i FROM generate_series(%d, %d) i".formatted(ROWS + 1, ROWS + 500));

            worker = WorkerProgram.start(TestKafka.shared().bootstrapServers(), GROUP, pluginPath, port);
            int last = ROWS + 500;
            try {
                Awaitility.await("the snapshot is visible").atMost(LIMIT).until(() -> ids().size() >= ROWS);
                int before = ids().size();
                for (int i = 0; i < 20; i++) {
                    database.execute(
                            "INSERT INTO t SELECT i FROM generate_series(%d, %d) i".formatted(last + 1, last + 200));
                    last += 200;
                }
                Awaitility.await("streaming is under way")
                        .atMost(LIMIT)
                        .pollInterval(Duration.ofMillis(300))
                        .until(() -> ids().size() > before + 200);
            } finally {
                kill(worker);
            }

            worker = WorkerProgram.start(TestKafka.shared().bootstrapServers(), GROUP, pluginPath, port);
            try {
                database.execute("INSERT INTO t VALUES (%d)".formatted(last + 1));
                int end = last + 1;
                Awaitility.await("the last change").atMost(LIMIT).until(() -> ids().contains(end));
                assertThat(ids())
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.rangeClosed(1, end).boxed().toList());
            } finally {
                kill(worker);
            }
        }
    }

    private static void kill(Process worker) throws InterruptedException {
        worker.destroyForcibly().waitFor();
    }

    private static List<Integer> ids() throws IOException {
        List<Integer> ids = new ArrayList<>();
        for (ConsumerRecord<String, String> record : TestKafka.shared().consume(TOPIC)) {
            ids.add(JSON.readTree(record.key()).path("id").asInt());
        }
        return ids;
    }

    private void deploy(Map<String, String> properties) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/connectors/once/config"))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(properties)))
                .build();
        Awaitility.await("the worker takes the connector")
                .atMost(LIMIT)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> {
                    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                    assertThat(response.statusCode()).as(response.body()).isNotEqualTo(400);
                    return response.statusCode() == 201 || response.statusCode() == 200;
                });
    }

    private static Map<String, String> properties(TestDatabase database) {
        Map<String, String> properties = SourceConnector.properties("once", database);
        properties.put("exactly.once.support", "required");
        properties.put("transaction.boundary", "connector");
        properties.put("publication.name", "once");
        return properties;
    }
}
