package dev.walbrook.admin.connect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.admin.AdminException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect's REST API.
 *
 * <p>Safe for use by several threads. Every method throws {@link AdminException} when the worker does not answer, refuses,
 * or is not a Connect worker; answers that only mean "a rebalance is going on" are retried for {@value #REBALANCE_SECONDS}
 * seconds.
 *
 * @see <a href="https://kafka.apache.org/documentation/#connect_rest">Connect's REST API</a>
 */
public final class ConnectClient {

    private static final int REBALANCE_SECONDS = 60;
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final String baseUrl;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json = new ObjectMapper();

    /** @param url where the worker listens, such as {@code http://127.0.0.1:8083} */
    public ConnectClient(String url) {
        this.baseUrl = url.replaceAll("/+$", "");
    }

    /** The worker's address, without a slash at its end. */
    public String url() {
        return baseUrl;
    }

    public WorkerVersion version() {
        JsonNode answer = get("/");
        if (!answer.hasNonNull("version")) {
            throw notConnect("the answer has no version");
        }
        return new WorkerVersion(
                answer.path("version").asText(), answer.path("kafka_cluster_id").asText());
    }

    /** Every plugin the worker has found, transforms and converters too. */
    public List<Plugin> plugins() {
        List<Plugin> plugins = new ArrayList<>();
        for (JsonNode plugin : get("/connector-plugins?connectorsOnly=false")) {
            plugins.add(new Plugin(
                    plugin.path("class").asText(),
                    plugin.path("type").asText(),
                    plugin.path("version").asText()));
        }
        return List.copyOf(plugins);
    }

    /** The names of all connectors. */
    public List<String> connectors() {
        List<String> names = new ArrayList<>();
        get("/connectors").forEach(name -> names.add(name.asText()));
        return List.copyOf(names);
    }

    /**
     * Registers a connector, or replaces its configuration; the same configuration again changes nothing.
     *
     * @throws AdminException with every message of the validation if the worker refuses the configuration
     */
    public void putConfig(String name, Map<String, String> config) {
        call("PUT", path(name, "/config"), config);
    }

    /** The connector's configuration as registered; empty if there is no such connector. */
    public Optional<Map<String, String>> config(String name) {
        JsonNode answer = callOrMissing("GET", path(name, "/config"), null);
        if (answer == null) {
            return Optional.empty();
        }
        Map<String, String> config = new TreeMap<>();
        answer.properties()
                .forEach(entry -> config.put(entry.getKey(), entry.getValue().asText()));
        return Optional.of(config);
    }

    /** The connector's state; empty if there is no such connector. */
    public Optional<ConnectorStatus> status(String name) {
        JsonNode answer = callOrMissing("GET", path(name, "/status"), null);
        if (answer == null) {
            return Optional.empty();
        }
        List<ConnectorStatus.Task> tasks = new ArrayList<>();
        for (JsonNode task : answer.path("tasks")) {
            tasks.add(new ConnectorStatus.Task(
                    task.path("id").asInt(), state(task), task.path("worker_id").asText(), trace(task)));
        }
        JsonNode connector = answer.path("connector");
        return Optional.of(new ConnectorStatus(name, state(connector), trace(connector), List.copyOf(tasks)));
    }

    /**
     * Waits until the connector and at least one task run.
     *
     * @throws AdminException with the reason and the cure if one of them fails, or if the time is over
     */
    public ConnectorStatus awaitRunning(String name, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<ConnectorStatus> status = status(name);
            if (status.isPresent()) {
                if (status.get().isRunning()) {
                    return status.get();
                }
                String failure = status.get().failure();
                if (failure != null) {
                    FailureCause cause = FailureCause.of(failure);
                    throw new AdminException("connector " + name + " failed: " + cause.problem(), cause.cure());
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AdminException(
                        "connector " + name + " does not run after " + limit.toSeconds() + " s; its state is "
                                + status.map(ConnectorStatus::state).orElse(ConnectorStatus.State.UNKNOWN),
                        "Look into the log of the Connect worker at " + baseUrl + ".");
            }
            pause();
        }
    }

    /** Restarts the connector and its tasks. */
    public void restart(String name) {
        call("POST", path(name, "/restart?includeTasks=true&onlyFailed=false"), null);
    }

    /** Removes the connector; one that does not exist is no error. */
    public void delete(String name) {
        callOrMissing("DELETE", path(name, ""), null);
    }

    /** The connector's committed offsets as the API gives them ({@code {"offsets": […]}}). */
    public JsonNode offsets(String name) {
        return get(path(name, "/offsets"));
    }

    private static String path(String connector, String rest) {
        return "/connectors/"
                + URLEncoder.encode(connector, StandardCharsets.UTF_8).replace("+", "%20") + rest;
    }

    private static ConnectorStatus.State state(JsonNode node) {
        String name = node.path("state").asText("").toUpperCase(Locale.ROOT);
        for (ConnectorStatus.State state : ConnectorStatus.State.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        return ConnectorStatus.State.UNKNOWN;
    }

    private static @Nullable String trace(JsonNode node) {
        return node.hasNonNull("trace") ? node.get("trace").asText() : null;
    }

    private JsonNode get(String path) {
        return call("GET", path, null);
    }

    private JsonNode call(String method, String path, @Nullable Map<String, String> body) {
        JsonNode answer = callOrMissing(method, path, body);
        if (answer == null) {
            throw new AdminException(
                    baseUrl + path + " does not exist", "Check the connector's name and the worker's address.");
        }
        return answer;
    }

    /** Null for 404. */
    private @Nullable JsonNode callOrMissing(String method, String path, @Nullable Map<String, String> body) {
        long deadline =
                System.nanoTime() + Duration.ofSeconds(REBALANCE_SECONDS).toNanos();
        while (true) {
            HttpResponse<String> response = send(method, path, body);
            int status = response.statusCode();
            // 409 is a rebalance; 503 and the 404 of a worker that has not read its topics yet pass just the same.
            if ((status == 409 || status == 503) && System.nanoTime() < deadline) {
                pause();
                continue;
            }
            if (status == 404) {
                parse(response);
                return null;
            }
            if (status >= 400) {
                throw refused(method, path, response);
            }
            return response.body().isBlank() ? json.createObjectNode() : parse(response);
        }
    }

    private HttpResponse<String> send(String method, String path, @Nullable Map<String, String> body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                    .timeout(REQUEST_TIMEOUT)
                    .header("Accept", "application/json")
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(json.writeValueAsString(body)))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new AdminException(
                    "no Kafka Connect worker answers at " + baseUrl,
                    "Start one with walbrook up, or give its address with --connect.",
                    e);
        } catch (HttpTimeoutException e) {
            throw new AdminException(
                    "the Kafka Connect worker at " + baseUrl + " did not answer within " + REQUEST_TIMEOUT.toSeconds()
                            + " s",
                    "Look into its log.",
                    e);
        } catch (IOException e) {
            throw new AdminException("the connection to " + baseUrl + " broke: " + e, "Look into the worker's log.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException("interrupted while waiting for " + baseUrl, "", e);
        } catch (IllegalArgumentException e) {
            throw new AdminException(
                    "'" + baseUrl + "' is not an HTTP address", "Give one such as http://127.0.0.1:8083.", e);
        }
    }

    private JsonNode parse(HttpResponse<String> response) {
        try {
            return json.readTree(response.body());
        } catch (JsonProcessingException e) {
            String type = response.headers().firstValue("Content-Type").orElse("no content type");
            throw notConnect("the answer is not JSON (" + type + ", status " + response.statusCode() + ')');
        }
    }

    private AdminException notConnect(String reason) {
        return new AdminException(
                "what answers at " + baseUrl + " is not a Kafka Connect worker: " + reason, "Check the address.");
    }

    private AdminException refused(String method, String path, HttpResponse<String> response) {
        String message = parse(response).path("message").asText("");
        if (response.statusCode() == 400 && message.contains("configuration is invalid")) {
            // "Connector configuration is invalid and contains the following 2 error(s):\nA\nB\nYou can also find …"
            StringBuilder problems = new StringBuilder();
            message.lines()
                    .skip(1)
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("You can also find the above list"))
                    .forEach(line -> problems.append("\n  - ").append(line));
            return new AdminException(
                    "Kafka Connect refuses the configuration of " + path.replaceAll("^/connectors/([^/]+)/.*$", "$1")
                            + ":" + problems,
                    "");
        }
        return new AdminException(
                method + ' ' + baseUrl + path + " was refused with status " + response.statusCode() + ": " + message,
                "");
    }

    private static void pause() {
        LockSupport.parkNanos(PAUSE.toNanos());
        if (Thread.currentThread().isInterrupted()) {
            throw new AdminException("interrupted while waiting for Kafka Connect", "");
        }
    }
}
