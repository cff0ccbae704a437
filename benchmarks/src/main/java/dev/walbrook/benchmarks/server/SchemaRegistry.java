package dev.walbrook.benchmarks.server;

import dev.walbrook.local.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Apicurio's schema registry in a process of its own, with everything in memory. */
public final class SchemaRegistry implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final int port = Ports.free();
    private final Process process;

    private SchemaRegistry(Build build, Path log) throws IOException {
        this.process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-jar",
                        jar(build).toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Starts it, and returns when it is ready. */
    static SchemaRegistry start(Build build, Path log) {
        try {
            SchemaRegistry registry = new SchemaRegistry(build, log);
            try {
                registry.awaitReady(log);
                return registry;
            } catch (IOException | RuntimeException e) {
                registry.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the schema registry", e);
        }
    }

    private static Path jar(Build build) throws IOException {
        Path server = build.registryFolder().resolve("server");
        try (Stream<Path> files = Files.list(server)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("there is no registry in " + server));
        }
    }

    private void awaitReady(Path log) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("it is not ready; see " + log);
            }
            try {
                if (get("/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (ConnectException e) {
                // It does not listen yet.
            }
            LockSupport.parkNanos(100_000_000);
        }
    }

    /** The REST interface that its converters use. */
    public String url() {
        return "http://127.0.0.1:" + port + "/apis/registry/v2";
    }

    /**
     * A registered schema.
     *
     * @param kind which numbering {@code id} is of: {@code globalIds} or {@code contentIds}
     */
    public String schema(String kind, long id) {
        try {
            HttpResponse<String> answer = get("/apis/registry/v2/ids/" + kind + "/" + id);
            if (answer.statusCode() != 200) {
                throw new IOException("no schema " + kind + "/" + id + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask the schema registry", e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /**
     * Writes the list of the converter's plugins that its jar lacks, and by which a worker with
     * {@code plugin.discovery=service_load} goes. Kafka's {@code connect-plugin-path sync-manifests} does the same.
     */
    static void listPlugins(Build build) {
        Path list = build.registryFolder().resolve("plugins/apicurio-converter/plugin-list.jar");
        if (Files.exists(list)) {
            return;
        }
        try (OutputStream file = Files.newOutputStream(list);
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry("META-INF/services/org.apache.kafka.connect.storage.Converter"));
            jar.write("io.apicurio.registry.utils.converter.AvroConverter\n".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + list, e);
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
