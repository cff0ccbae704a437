package dev.walbrook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.cli.options.RunningState;
import dev.walbrook.local.Ports;
import dev.walbrook.testkit.Seeds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole road, as a user walks it. */
class UpIT {

    private static final int SAMPLE_PRODUCTS = 5;

    private final ObjectMapper json = new ObjectMapper();
    private Path folder;
    private Path data;
    private List<String> up;
    private int outputs;

    @BeforeEach
    void choosePlaces() throws IOException {
        // Not JUnit's temporary folder: as root, the server's own user must be able to remain in it until it has
        // stopped.
        folder = Files.createTempDirectory("walbrook it ");
        data = folder.resolve("data dir");
        up = new ArrayList<>(List.of("up", "--data-dir", data.toString()));
        for (String option : List.of("--source-port", "--sink-port", "--kafka-port", "--connect-port")) {
            up.addAll(List.of(option, Integer.toString(Ports.free())));
        }
    }

    @AfterEach
    void removeFolder() throws IOException {
        removeTree(folder);
    }

    private static void removeTree(Path root) throws IOException {
        try (var paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Test
    void replicatesTheSampleStopsInOrderAndContinues() throws Exception {
        try (WalbrookProcess running = WalbrookProcess.start(output(), up)) {
            running.awaitOutput("RUNNING: walbrook-source and walbrook-sink");

            assertThat(command(0, "compare")).contains("public.products  equal  " + SAMPLE_PRODUCTS + " rows");
            assertThat(command(0, "load", "--count", "2000")).contains("2,000 changes");
            assertThat(command(0, "compare")).contains("equal: 2 tables compared");
            List<JsonNode> events = events();
            assertThat(events)
                    .filteredOn(event -> event.path("op").asText().equals("snapshot"))
                    .hasSize(SAMPLE_PRODUCTS);
            assertThat(running.terminate()).isLessThan(Duration.ofSeconds(20));
            assertThat(running.output()).contains("stopped").doesNotContain(password());
        }

        try (WalbrookProcess again = WalbrookProcess.start(output(), up)) {
            again.awaitOutput("RUNNING: walbrook-source and walbrook-sink");

            command(0, "load", "--count", "500");
            assertThat(command(0, "compare")).contains("equal: 2 tables compared");
            assertThat(events())
                    .filteredOn(event -> event.path("op").asText().equals("snapshot"))
                    .as("snapshot rows after the second start")
                    .hasSize(SAMPLE_PRODUCTS);
        }
    }

    @Test
    void startsOverWithAKafkaDirectoryThatSomebodyRemoved() throws Exception {
        try (WalbrookProcess running = WalbrookProcess.start(output(), up)) {
            running.awaitOutput("RUNNING: walbrook-source and walbrook-sink");
            command(0, "load", "--count", "200");
            assertThat(command(0, "compare")).contains("equal: 2 tables compared");
            try (var sink = sink();
                    var statement = sink.createStatement()) {
                statement.execute(
                        "INSERT INTO walbrook_sink_offsets VALUES ('connect-another', 'other.topic', 0, 1, 7, 7)");
            }
        }
        removeTree(data.resolve("kafka"));

        try (WalbrookProcess again = WalbrookProcess.start(output(), up)) {
            again.awaitOutput("RUNNING: walbrook-source and walbrook-sink");

            assertThat(again.output())
                    .contains("Kafka's data directory is new: forgot the offsets of walbrook-sink in the sink's table");
            assertThat(command(0, "compare")).contains("equal: 2 tables compared");
            try (var sink = sink();
                    var statement = sink.createStatement();
                    var row = statement.executeQuery(
                            "SELECT count(*) FROM walbrook_sink_offsets WHERE consumer_group = 'connect-another'")) {
                row.next();
                assertThat(row.getInt(1)).as("another connector's offsets").isEqualTo(1);
            }
        }

        try (WalbrookProcess third = WalbrookProcess.start(output(), up)) {
            third.awaitOutput("RUNNING: walbrook-source and walbrook-sink");
            assertThat(third.output()).doesNotContain("forgot the offsets");
        }
    }

    @Test
    void survivesBeingKilledUnderLoadAgainAndAgain() throws Exception {
        Random random = Seeds.random();
        for (int round = 0; round < 2; round++) {
            try (WalbrookProcess running = WalbrookProcess.start(output(), up)) {
                running.awaitOutput("RUNNING: walbrook-source and walbrook-sink");
                try (WalbrookProcess load = WalbrookProcess.start(
                        output(), List.of("load", "--count", "0", "--data-dir", data.toString()))) {
                    awaitMoreRows(100 + random.nextInt(1_500));
                    running.kill();
                }
            }
        }

        try (WalbrookProcess again = WalbrookProcess.start(output(), up)) {
            again.awaitOutput("RUNNING: walbrook-source and walbrook-sink");

            assertThat(command(0, "compare")).contains("equal: 2 tables compared");
            List<JsonNode> events = events();
            assertThat(events)
                    .filteredOn(event -> event.path("op").asText().equals("snapshot"))
                    .as("rows of the one snapshot")
                    .hasSize(SAMPLE_PRODUCTS);
            assertOrderedByKey(events);
        }
    }

    /**
     * A change may come again after a kill, and then so do all that followed it; but no change of a key comes for the first
     * time after a later one of the same key.
     */
    private static void assertOrderedByKey(List<JsonNode> events) {
        Map<String, NavigableSet<Long>> seenByKey = new HashMap<>();
        for (JsonNode event : events) {
            if (event.path("source").path("lsn").isNumber()) {
                long lsn = event.path("source").path("lsn").asLong();
                NavigableSet<Long> seen =
                        seenByKey.computeIfAbsent(event.path("key").toString(), key -> new TreeSet<>());
                boolean inOrder = seen.isEmpty() || lsn > seen.last() || seen.contains(lsn);
                assertThat(inOrder).as("%s comes first after %s", event, seen).isTrue();
                seen.add(lsn);
            }
        }
    }

    @Test
    void reportsADifferenceWithItsKey() throws Exception {
        try (WalbrookProcess running = WalbrookProcess.start(output(), up)) {
            running.awaitOutput("RUNNING: walbrook-source and walbrook-sink");
            command(0, "compare");
            try (var sink = sink();
                    var statement = sink.createStatement()) {
                statement.execute("UPDATE products SET name = 'changed behind the back' WHERE id = 3");
                statement.execute("DELETE FROM products WHERE id = 4");
            }

            assertThat(command(1, "compare", "--timeout", "30"))
                    .contains("public.products  DIFFERENT  5 rows in the source, 4 in the sink")
                    .contains("(3) has other values in name", "(4) only in the source");
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            up.set(up.indexOf("--kafka-port") + 1, Integer.toString(taken.getLocalPort()));

            String printed = WalbrookProcess.run(output(), 1, up);

            assertThat(printed)
                    .contains("port " + taken.getLocalPort() + ", wanted for the Kafka broker, is in use")
                    .contains("--kafka-port")
                    .contains("process " + ProcessHandle.current().pid());
        }
    }

    private void awaitMoreRows(int more) {
        long before = sinkRows();
        Awaitility.await().atMost(Duration.ofSeconds(90)).ignoreExceptions().until(() -> sinkRows() >= before + more);
    }

    /** How many products the sink has; 0 as long as it has no table of them. */
    private long sinkRows() {
        try (var sink = sink();
                var statement = sink.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM products")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            return 0;
        }
    }

    private Connection sink() {
        return DatabaseConnection.open(RunningState.load(data).orElseThrow().sink());
    }

    private String password() throws IOException {
        return Files.readString(data.resolve("source.password")).strip();
    }

    private List<JsonNode> events() throws Exception {
        List<JsonNode> events = new ArrayList<>();
        for (String line : command(0, "tail", "products", "--json", "--from-beginning", "--no-follow")
                .split("\n")) {
            events.add(json.readTree(line));
        }
        return events;
    }

    private String command(int expectedCode, String... arguments) throws InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data-dir", data.toString()));
        return WalbrookProcess.run(output(), expectedCode, all);
    }

    private Path output() {
        return folder.resolve("output-" + outputs++ + ".txt");
    }
}
