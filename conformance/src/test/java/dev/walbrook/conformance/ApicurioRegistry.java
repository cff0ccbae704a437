package dev.walbrook.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.walbrook.local.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Apicurio's schema registry in a process of its own, with everything in memory, and the plugin folder of its converter. */
final class ApicurioRegistry implements AutoCloseable {

    private static final Path FOLDER = Servers.root().resolve("conformance/target/registry");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Map<String, JsonNode> schemas = new ConcurrentHashMap<>();
    private final int port = Ports.free();
    private final Process process;
    private final Thread atExit;

    private ApicurioRegistry() throws IOException {
        Path server = FOLDER.resolve("server");
        Path jar;
        try (Stream<Path> files = Files.list(server)) {
            jar = files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no registry in " + server));
        }
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        jar.toString()))
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("server.log").toFile())
                .start();
        atExit = new Thread(this::end, "stop the schema registry");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts a registry and returns at once; see {@link #awaitReady}. */
    static ApicurioRegistry start() {
        try {
            return new ApicurioRegistry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        Awaitility.await("the schema registry is ready")
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("The schema registry ended: " + FOLDER.resolve("server.log"));
                    }
                    try {
                        return send("/health/ready").statusCode() == 200;
                    } catch (ConnectException e) {
                        return false;
                    }
                });
    }

    /** The REST interface that its converters use. */
    String url() {
        return "http://127.0.0.1:" + port + "/apis/registry/v2";
    }

    /**
     * A folder for {@code plugin.path} that holds the converter's.
     *
     * <p>The converter's jar has no list of its plugins, which a worker with {@code plugin.discovery=service_load} goes by.
     * Kafka's {@code connect-plugin-path sync-manifests} would add a jar with such a list; so does this.
     */
    static Path pluginPath() {
        Path folder = FOLDER.resolve("plugins");
        Path manifest = folder.resolve("apicurio-converter").resolve("plugin-list.jar");
        try (OutputStream file = Files.newOutputStream(manifest);
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry("META-INF/services/org.apache.kafka.connect.storage.Converter"));
            jar.write("io.apicurio.registry.utils.converter.AvroConverter\n".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A registered schema.
     *
     * @param kind which numbering {@code id} is of: {@code globalIds} or {@code contentIds}
     */
    JsonNode schema(String kind, long id) {
        return schemas.computeIfAbsent(kind + "/" + id, path -> get("/ids/" + path))
                .deepCopy();
    }

    /** The artifacts whose name contains the text, and how many versions each has. */
    Map<String, Integer> artifacts(String text) {
        Map<String, Integer> versions = new TreeMap<>();
        for (JsonNode artifact : get("/search/artifacts?limit=500").path("artifacts")) {
            String id = artifact.path("id").asText();
            if (id.contains(text)) {
                String path =
                        "/groups/default/artifacts/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/versions";
                versions.put(id, get(path.replace("+", "%20")).path("count").asInt());
            }
        }
        return versions;
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> response = send("/apis/registry/v2" + path);
            if (response.statusCode() != 200) {
                throw new AssertionError("The registry answers GET " + path + " with " + response.body());
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private void end() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
