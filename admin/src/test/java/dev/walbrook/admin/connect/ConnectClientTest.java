package dev.walbrook.admin.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.walbrook.admin.AdminException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a real HTTP server that gives prepared answers: what the client makes of each kind of answer. */
class ConnectClientTest {

    private record Answer(int status, String type, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private HttpServer server;
    private ConnectClient client;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            Answer answer = answers.size() > 1 ? answers.poll() : answers.peek();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        client = new ConnectClient("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void retriesDuringARebalance() {
        answer(409, "{\"error_code\":409,\"message\":\"rebalance in process\"}");
        answer(200, "[\"a\",\"b\"]");

        assertThat(client.connectors()).containsExactly("a", "b");
    }

    @Test
    void listsEveryMessageOfTheValidation() {
        answer(
                400,
                "{\"error_code\":400,\"message\":\"Connector configuration is invalid and contains the following 2 error(s):"
                        + "\\nfirst problem\\nsecond problem\\nYou can also find the above list of errors at the endpoint\"}");

        assertThatThrownBy(() -> client.putConfig("my source", Map.of("a", "b")))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("- first problem")
                .hasMessageContaining("- second problem")
                .hasMessageNotContaining("You can also");
    }

    @Test
    void recognisesAServerThatIsNotConnect() {
        answers.add(new Answer(200, "text/html", "<html>hello</html>"));

        assertThatThrownBy(() -> client.version())
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("is not a Kafka Connect worker")
                .hasMessageContaining("text/html");
    }

    @Test
    void saysWhatToDoWhenNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThatThrownBy(() -> new ConnectClient("http://127.0.0.1:" + port).version())
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("no Kafka Connect worker answers")
                .hasMessageContaining("walbrook up");
    }

    @Test
    void waitsForConnectorAndTask() {
        answer(404, "{\"error_code\":404,\"message\":\"No status found\"}");
        answer(200, "{\"name\":\"c\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"w\"},\"tasks\":[]}");
        answer(
                200,
                "{\"name\":\"c\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"w\"},"
                        + "\"tasks\":[{\"id\":0,\"state\":\"RUNNING\",\"worker_id\":\"w\"}]}");

        ConnectorStatus status = client.awaitRunning("c", Duration.ofSeconds(10));

        assertThat(status.isRunning()).isTrue();
        assertThat(status.tasks()).hasSize(1);
    }

    @Test
    void failsWithTheTasksReason() {
        answer(
                200,
                "{\"name\":\"c\",\"connector\":{\"state\":\"RUNNING\",\"worker_id\":\"w\"},\"tasks\":[{\"id\":0,"
                        + "\"state\":\"FAILED\",\"worker_id\":\"w\",\"trace\":\"x.WalbrookException: it broke -- mend it\\n\\tat x\"}]}");

        assertThatThrownBy(() -> client.awaitRunning("c", Duration.ofSeconds(10)))
                .isInstanceOfSatisfying(AdminException.class, failure -> {
                    assertThat(failure.problem()).isEqualTo("connector c failed: it broke");
                    assertThat(failure.cure()).isEqualTo("mend it");
                });
    }

    private void answer(int status, String body) {
        answers.add(new Answer(status, "application/json", body));
    }
}
