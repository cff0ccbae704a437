package dev.walbrook.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectWorkerIT {

    @TempDir
    static Path folder;

    private static KafkaBroker broker;

    @BeforeAll
    static void startBroker() {
        broker = KafkaBroker.builder().dataDirectory(folder.resolve("broker")).start();
    }

    @AfterAll
    static void stopBroker() {
        broker.stop();
    }

    @Test
    void answersAndListsNoConnectorsForAnEmptyPluginPath() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plug ins"));
        ClassLoader before = Thread.currentThread().getContextClassLoader();

        try (ConnectWorker worker = worker("empty").pluginPath(plugins).start()) {

            assertThat(get(worker, "/connectors")).isEqualTo("[]");
            // MirrorMaker's and the file connectors would stand here if the class path were not clean.
            assertThat(get(worker, "/connector-plugins")).isEqualTo("[]");
            assertThat(get(worker, "/connector-plugins?connectorsOnly=false")).contains("JsonConverter");
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
            assertThat(worker.failure()).isEmpty();
        }
    }

    @Test
    void startsAgainOnTheSamePort() throws Exception {
        try (ConnectWorker worker = worker("again").start()) {
            int port = worker.port();

            worker.stop();
            worker.start();

            assertThat(worker.port()).isEqualTo(port);
            assertThat(get(worker, "/connectors")).isEqualTo("[]");
        }
    }

    @Test
    void canSupportExactlyOnceSources() throws Exception {
        try (ConnectWorker worker = worker("exactly-once")
                .property("exactly.once.source.support", "enabled")
                .start()) {

            assertThat(get(worker, "/connectors")).isEqualTo("[]");
        }
    }

    @Test
    void saysWhyAPropertyIsWrong() {
        assertThatThrownBy(() -> worker("wrong")
                        .property("offset.flush.interval.ms", "soon")
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("offset.flush.interval.ms");
    }

    @Test
    void reportsAnErrorThatWouldEndItsOwnProcess() throws Exception {
        // Given a topic for the configurations that forgets them, which Connect refuses when it has started
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            NewTopic forgetful = new NewTopic("forgetful-configs", 1, (short) 1);
            admin.createTopics(List.of(forgetful.configs(Map.of("cleanup.policy", "delete"))))
                    .all()
                    .get();
        }

        assertThatThrownBy(() -> worker("forgetful").start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("wanted to end the process");
    }

    @Test
    void saysThatTheBrokerIsAway() {
        assertThatThrownBy(() -> ConnectWorker.builder()
                        .bootstrapServers("127.0.0.1:" + Ports.free())
                        .property("default.api.timeout.ms", "2000")
                        .property("request.timeout.ms", "1000")
                        .start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("cannot be started");
    }

    @Test
    void namesAPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            assertThatThrownBy(() -> worker("taken").port(taken.getLocalPort()).start())
                    .isInstanceOf(PortInUseException.class);
        }
    }

    @Test
    void refusesAPluginFolderThatDoesNotExist() {
        assertThatThrownBy(() ->
                        worker("nowhere").pluginPath(folder.resolve("nowhere")).start())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("There is no plugin folder");
    }

    private static ConnectWorker.Builder worker(String group) {
        return ConnectWorker.builder()
                .bootstrapServers(broker.bootstrapServers())
                .groupId(group);
    }

    private static String get(ConnectWorker worker, String path) throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(worker.restUrl() + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }
}
