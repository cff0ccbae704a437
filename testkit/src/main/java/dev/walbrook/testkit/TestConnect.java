package dev.walbrook.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.local.ConnectWorker;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A Connect worker for tests with Walbrook's plugin folder, driven through its REST interface.
 *
 * <p>The plugin folder is the system property {@value #PLUGIN_PATH_PROPERTY}, or the nearest
 * {@code connect/target/plugin} at or above the working directory. Every method may be called from any thread.
 */
public final class TestConnect implements AutoCloseable {

    /** The folder that holds plugin folders. */
    public static final String PLUGIN_PATH_PROPERTY = "walbrook.plugin.path";

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger GROUPS = new AtomicInteger();

    private static @Nullable TestConnect shared;

    private final ConnectWorker worker;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private TestConnect(ConnectWorker worker) {
        this.worker = worker;
    }

    /** What the worker answered to a request. */
    private record Answer(int status, JsonNode body) {}

    /** The worker on the shared broker that all tests of this JVM share; do not stop it. */
    public static synchronized TestConnect shared() {
        if (shared == null) {
            shared = untilExit(TestKafka.shared(), pluginPath(), Map.of());
        }
        return shared;
    }

    /** A worker that the caller shares between tests; it is closed when the JVM ends, before the shared broker. */
    public static TestConnect untilExit(TestKafka kafka, Path pluginPath, Map<String, String> properties) {
        TestConnect started = fresh(kafka, pluginPath, properties);
        ShutdownOrder.atExit(started);
        return started;
    }

    /** A worker of the test's own on the shared broker, which the test closes. */
    public static TestConnect fresh() {
        return fresh(TestKafka.shared(), Map.of());
    }

    /** A worker of the test's own with these properties over the usual ones, which the test closes. */
    public static TestConnect fresh(TestKafka kafka, Map<String, String> properties) {
        return fresh(kafka, pluginPath(), properties);
    }

    /** A worker of the test's own with the plugins of the given folder, which the test closes. */
    public static TestConnect fresh(TestKafka kafka, Path pluginPath, Map<String, String> properties) {
        ConnectWorker.Builder builder = ConnectWorker.builder()
                .bootstrapServers(kafka.bootstrapServers())
                .groupId("test-connect-" + GROUPS.incrementAndGet())
                .pluginPath(pluginPath)
                .property("offset.flush.interval.ms", "1000");
        properties.forEach(builder::property);
        return new TestConnect(builder.start());
    }

    private static Path pluginPath() {
        String configured = System.getProperty(PLUGIN_PATH_PROPERTY);
        if (configured != null) {
            return Path.of(configured);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path plugin = at.resolve("connect").resolve("target").resolve("plugin");
            if (Files.isDirectory(plugin)) {
                return plugin;
            }
        }
        throw new AssertionError("There is no connect/target/plugin at or above "
                + Path.of("").toAbsolutePath() + ". Build the connect module first, or set -D" + PLUGIN_PATH_PROPERTY);
    }

    /** The worker itself, to stop and start it. */
    public ConnectWorker worker() {
        return worker;
    }

    public String restUrl() {
        return worker.restUrl();
    }

    /**
     * Creates the connector, or gives it another configuration, and waits until it and at least one task run.
     *
     * @throws AssertionError with the trace if the connector or a task fails, with the answer if it is refused
     */
    public void deploy(String name, Map<String, String> configuration) {
        Answer answer = put(name, configuration);
        if (answer.status() >= 300) {
            throw new AssertionError("Connect refused connector " + name + ": " + answer.body());
        }
        awaitRunning(name);
    }

    /**
     * Creates the connector, or gives it another configuration, and waits for nothing.
     *
     * @return the refusal's message; null if it is accepted
     */
    public @Nullable String create(String name, Map<String, String> configuration) {
        Answer answer = put(name, configuration);
        return answer.status() >= 300 ? answer.body().path("message").asText() : null;
    }

    /** The failure's trace, if the connector or a task has failed. */
    public Optional<String> findFailure(String name) {
        return findStatus(name).flatMap(TestConnect::failure);
    }

    /**
     * Creates the connector and waits until it is refused, or it or a task fails.
     *
     * @return the refusal's message or the failure's trace
     * @throws AssertionError if it does not fail within a minute
     */
    public String deployExpectingFailure(String name, Map<String, String> configuration) {
        Answer answer = put(name, configuration);
        if (answer.status() >= 300) {
            return answer.body().path("message").asText();
        }
        return awaitFailure(name);
    }

    /**
     * Waits until the connector and at least one task, and every task there is, run.
     *
     * @throws AssertionError with the trace if one fails
     */
    public void awaitRunning(String name) {
        await("connector " + name + " runs", () -> {
            Optional<JsonNode> status = findStatus(name);
            status.flatMap(TestConnect::failure).ifPresent(trace -> {
                throw new AssertionError("Connector " + name + " failed: " + trace);
            });
            return status.filter(TestConnect::runs).isPresent();
        });
    }

    /** Waits until the connector or a task has failed and returns the trace. */
    public String awaitFailure(String name) {
        await(
                "connector " + name + " fails",
                () -> findStatus(name).flatMap(TestConnect::failure).isPresent());
        return failure(status(name)).orElseThrow(() -> new AssertionError("Connector " + name + " has recovered"));
    }

    /** Restarts the connector and all its tasks and waits until they run. */
    public void restart(String name) {
        expect(send("POST", path(name) + "/restart?includeTasks=true", null), "restart " + name);
        awaitRunning(name);
    }

    /** Pauses the connector and waits until its tasks rest; they keep their resources. */
    public void pause(String name) {
        expect(send("PUT", path(name) + "/pause", null), "pause " + name);
        await("connector " + name + " is paused", () -> findStatus(name)
                .filter(status -> allTasks(status, "PAUSED"))
                .isPresent());
    }

    /** Resumes a paused or stopped connector and waits until it runs. */
    public void resume(String name) {
        expect(send("PUT", path(name) + "/resume", null), "resume " + name);
        awaitRunning(name);
    }

    /** Stops the connector and waits until it has no tasks; its configuration and offsets stay. */
    public void stop(String name) {
        expect(send("PUT", path(name) + "/stop", null), "stop " + name);
        await("connector " + name + " is stopped", () -> findStatus(name)
                .filter(status -> state(status.path("connector")).equals("STOPPED")
                        && status.path("tasks").isEmpty())
                .isPresent());
    }

    /** Deletes the connector and waits until it is gone; one that is not there is fine. */
    public void delete(String name) {
        Answer answer = send("DELETE", path(name), null);
        if (answer.status() != 404) {
            expect(answer, "delete " + name);
        }
        await("connector " + name + " is gone", () -> findStatus(name).isEmpty());
    }

    /** The connector's status as Connect tells it: {@code connector}, {@code tasks}. */
    public JsonNode status(String name) {
        return expect(send("GET", path(name) + "/status", null), "status of " + name);
    }

    /** The connector's offsets as Connect tells them: an array of {@code partition} and {@code offset}. */
    public JsonNode offsets(String name) {
        return expect(send("GET", path(name) + "/offsets", null), "offsets of " + name)
                .path("offsets");
    }

    /** The body of {@code GET path}, for what has no method here. */
    public JsonNode get(String path) {
        return expect(send("GET", path, null), "GET " + path);
    }

    /** What the worker says of a configuration: {@code configs} with definition, value and errors. */
    public JsonNode validate(String connectorClass, Map<String, String> configuration) {
        return expect(
                send("PUT", "/connector-plugins/" + connectorClass + "/config/validate", configuration),
                "validate " + connectorClass);
    }

    private Answer put(String name, Map<String, String> configuration) {
        return send("PUT", path(name) + "/config", configuration);
    }

    /** A task's status may not be there yet just after the connector was created. */
    private Optional<JsonNode> findStatus(String name) {
        Answer answer = send("GET", path(name) + "/status", null);
        return answer.status() == 200 ? Optional.of(answer.body()) : Optional.empty();
    }

    private static boolean runs(JsonNode status) {
        return state(status.path("connector")).equals("RUNNING")
                && !status.path("tasks").isEmpty()
                && allTasks(status, "RUNNING");
    }

    private static boolean allTasks(JsonNode status, String state) {
        for (JsonNode task : status.path("tasks")) {
            if (!state(task).equals(state)) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> failure(JsonNode status) {
        if (state(status.path("connector")).equals("FAILED")) {
            return Optional.of(status.path("connector").path("trace").asText());
        }
        for (JsonNode task : status.path("tasks")) {
            if (state(task).equals("FAILED")) {
                return Optional.of(task.path("trace").asText());
            }
        }
        return Optional.empty();
    }

    private static String state(JsonNode node) {
        return node.path("state").asText();
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(condition);
    }

    private static JsonNode expect(Answer answer, String what) {
        if (answer.status() >= 300) {
            throw new AssertionError("Connect refused to " + what + ": " + answer.status() + " " + answer.body());
        }
        return answer.body();
    }

    private static String path(String name) {
        return "/connectors/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends a request and repeats it while the worker is rebalancing, which it answers with 409. */
    private Answer send(String method, String path, @Nullable Object body) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            Answer answer = sendOnce(method, path, body);
            if (answer.status() != 409 || System.nanoTime() > deadline) {
                return answer;
            }
            Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
        }
    }

    private Answer sendOnce(String method, String path, @Nullable Object body) {
        try {
            HttpRequest.BodyPublisher publisher = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            HttpRequest request = HttpRequest.newBuilder(URI.create(restUrl() + path))
                    .timeout(Duration.ofSeconds(90))
                    .header("Content-Type", "application/json")
                    .method(method, publisher)
                    .build();
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), parse(response.body()));
        } catch (IOException e) {
            throw new AssertionError("The worker does not answer to " + method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private static JsonNode parse(String text) throws JsonProcessingException {
        return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
    }

    /** Stops the worker. */
    @Override
    public void close() {
        worker.stop();
    }
}
