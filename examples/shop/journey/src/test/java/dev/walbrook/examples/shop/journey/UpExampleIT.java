package dev.walbrook.examples.shop.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.local.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code walbrook up --example shop}, and then what it prints. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class UpExampleIT {

    /** A printed {@code curl} that posts: the URL and the body. */
    private static final Pattern POST =
            Pattern.compile("curl -i (\\S+) -H 'Content-Type: application/json' -d '([^']+)'");

    private final HttpClient client = HttpClient.newHttpClient();
    private Path folder;
    private Path output;
    private Process up;

    @BeforeEach
    void start() throws IOException {
        folder = Files.createTempDirectory("walbrook shop up ");
        output = folder.resolve("output.txt");
        Path repository = Path.of("../../..").toAbsolutePath().normalize();
        Path home = installation(repository);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-Dwalbrook.home=" + home,
                "-Djava.util.logging.manager=org.apache.logging.log4j.jul.LogManager",
                "-cp",
                home.resolve("lib") + "/*",
                "dev.walbrook.cli.Main",
                "up",
                "--example",
                "shop",
                "--data-dir",
                folder.resolve("data").toString()));
        for (String option : List.of(
                "--source-port",
                "--sink-port",
                "--kafka-port",
                "--connect-port",
                "--publisher-port",
                "--consumer-port")) {
            command.addAll(List.of(option, Integer.toString(Ports.free())));
        }
        up = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** What the launcher makes: the command's distribution and the services' jars beside it. */
    private Path installation(Path repository) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Path distribution = repository.resolve("cli/target/walbrook");
        String plugins = System.getProperty("walbrook.plugin.path");
        Files.createSymbolicLink(home.resolve("lib"), distribution.resolve("lib"));
        Files.createSymbolicLink(
                home.resolve("plugins"), plugins == null ? distribution.resolve("plugins") : Path.of(plugins));
        Path examples = Files.createDirectories(home.resolve("examples"));
        for (String service : List.of("publisher", "consumer")) {
            String jar = "shop-" + service + "-service.jar";
            Files.createSymbolicLink(
                    examples.resolve(jar), repository.resolve("examples/shop/" + service + "/target/" + jar));
        }
        return home;
    }

    @AfterEach
    void stop() throws Exception {
        up.descendants().forEach(ProcessHandle::destroyForcibly);
        up.destroyForcibly().waitFor();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Test
    void whatIsPostedAsPrintedReachesTheConsumersLog() throws Exception {
        awaitOutput("the shop is open");
        awaitOutput("RUNNING: walbrook-source and walbrook-sink");
        Path log = folder.resolve("data/logs/shop-consumer.log");
        List<String> topics = List.of("outbox.event.ORDER", "outbox.event.PAYMENT");

        Matcher posts = POST.matcher(output());
        for (String topic : topics) {
            assertThat(posts.find()).as(output()).isTrue();
            assertThat(post(posts.group(1), posts.group(2))).isEqualTo(201);
            long posted = System.nanoTime();
            Awaitility.await("an event of " + topic)
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Files.readString(log).contains("received " + topic));
            System.out.printf(
                    "%s: in the consumer's log after %d ms%n",
                    topic, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - posted));
        }
        List<ProcessHandle> family = up.descendants().toList();
        assertThat(family).as("two services, each with its guard").hasSizeGreaterThanOrEqualTo(4);

        up.destroy();

        assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("stopped");
        Awaitility.await("no process is left").atMost(Duration.ofSeconds(30)).until(() -> family.stream()
                .noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void theServicesEndWhenTheirParentIsKilled() throws Exception {
        awaitOutput("the shop is open");
        List<ProcessHandle> services = up.descendants()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains("-service.jar"))
                        .isPresent())
                .toList();
        assertThat(services).isNotEmpty();
        List<ProcessHandle> databases =
                up.descendants().filter(process -> !services.contains(process)).toList();

        up.destroyForcibly();

        Awaitility.await("no service is left").atMost(Duration.ofSeconds(30)).until(() -> services.stream()
                .noneMatch(ProcessHandle::isAlive));
        databases.forEach(ProcessHandle::destroyForcibly);
    }

    private int post(String url, String body) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(URI.create(url))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private void awaitOutput(String text) {
        Awaitility.await(text)
                .atMost(Duration.ofMinutes(4))
                .failFast(() -> {
                    if (!up.isAlive()) {
                        throw new AssertionError("up ended with " + up.exitValue() + ":\n" + output());
                    }
                })
                .until(() -> output().contains(text));
    }

    private String output() throws IOException {
        return Files.readString(output);
    }
}
