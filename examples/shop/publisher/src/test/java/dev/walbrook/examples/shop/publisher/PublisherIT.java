package dev.walbrook.examples.shop.publisher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service over HTTP, on a real database. */
class PublisherIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static TestDatabase database;
    private static ConfigurableApplicationContext service;
    private static String api;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        database = TestPostgres.source().createDatabase();
        service = SpringApplication.run(
                PublisherApplication.class,
                "--DATABASE_URL=" + database.jdbcUrl(),
                "--DATABASE_USER=" + database.user(),
                "--DATABASE_PASSWORD=" + database.password(),
                "--SERVER_PORT=0",
                "--SERVER_ADDRESS=127.0.0.1",
                "--OUTBOX_DELETE_AT_ONCE=false");
        api = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port") + "/publisher/api";
    }

    @AfterAll
    static void stop() {
        service.close();
        database.close();
    }

    @BeforeEach
    void empty() {
        database.execute("TRUNCATE orders, payments, outbox RESTART IDENTITY");
    }

    @Test
    void anOrderAndItsEventAreStoredTogether() throws Exception {
        HttpResponse<String> response = post("/orders", "{\"quantity\": 3, \"deliveryMethod\": \"GRUB_HUB\"}");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).contains("/publisher/api/orders/1");
        JsonNode order = JSON.readTree(response.body());
        assertThat(order.path("id").asLong()).isEqualTo(1);
        assertThat(order.path("quantity").asInt()).isEqualTo(3);
        assertThat(order.path("deliveryMethod").asString()).isEqualTo("GRUB_HUB");
        assertThat(get("/orders/1").body()).isEqualTo(response.body());
        List<List<String>> events = database.query("SELECT aggregatetype, aggregateid, type, payload FROM outbox");
        assertThat(events).hasSize(1);
        assertThat(events.get(0).subList(0, 3)).containsExactly("ORDER", "1", "OrderPlaced");
        assertThat(JSON.readTree(events.get(0).get(3))).isEqualTo(order);
    }

    @Test
    void aPaymentAndItsEventAreStoredTogether() throws Exception {
        HttpResponse<String> response = post("/payments", "{\"orderId\": 5000000000, \"paymentMethod\": \"CASH\"}");

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(JSON.readTree(response.body()).path("orderId").asLong()).isEqualTo(5_000_000_000L);
        assertThat(database.query("SELECT aggregatetype, aggregateid, type FROM outbox"))
                .containsExactly(List.of("PAYMENT", "1", "PaymentMade"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    orders   | {"deliveryMethod": "GRUB_HUB"}                        | quantity       | must not be null
                    orders   | {"quantity": null, "deliveryMethod": "GRUB_HUB"}      | quantity       | must not be null
                    orders   | {"quantity": -1, "deliveryMethod": "GRUB_HUB"}        | quantity       | must be greater than 0
                    orders   | {"quantity": 0, "deliveryMethod": "GRUB_HUB"}         | quantity       | must be greater than 0
                    orders   | {"quantity": "3", "deliveryMethod": "GRUB_HUB"}       | quantity       | must be a whole number
                    orders   | {"quantity": 3.5, "deliveryMethod": "GRUB_HUB"}       | quantity       | must be a whole number
                    orders   | {"quantity": true, "deliveryMethod": "GRUB_HUB"}      | quantity       | must be a whole number
                    orders   | {"quantity": 3000000000, "deliveryMethod": "GRUB_HUB"}| quantity       | whole number
                    orders   | {"quantity": [1], "deliveryMethod": "GRUB_HUB"}       | quantity       | must be a whole number
                    orders   | {"quantity": 1}                                       | deliveryMethod | must not be null
                    orders   | {"quantity": 1, "deliveryMethod": "PIGEON"}           | deliveryMethod | GRUB_HUB, JUST_EAT, UBER_EATS, DELIVEROO
                    orders   | {"quantity": 1, "deliveryMethod": "grub_hub"}         | deliveryMethod | must be one of
                    orders   | {"quantity": 1, "deliveryMethod": 0}                  | deliveryMethod | must be one of
                    orders   | {"quantity": 1, "deliveryMethod": ""}                 | deliveryMethod | must be one of
                    orders   | {"quantity": 1, "deliveryMethod": "GRUB_HUB"          | body           | is not valid JSON
                    orders   | {"quantity": 1,, "deliveryMethod": "GRUB_HUB"}        | body           | is not valid JSON
                    orders   | not json                                              | body           | is not valid JSON
                    orders   | []                                                    | body           | must be one JSON object
                    orders   | ''                                                    | body           | is missing
                    payments | {"paymentMethod": "CASH"}                             | orderId        | must not be null
                    payments | {"orderId": "x", "paymentMethod": "CASH"}             | orderId        | must be a whole number
                    payments | {"orderId": 1}                                        | paymentMethod  | must not be null
                    payments | {"orderId": 1, "paymentMethod": "BARTER"}             | paymentMethod  | CASH, CREDIT_CARD, MOBILE_PAYMENT
                    """)
    void invalidInputIsRefusedByTheFieldsNameAndNothingIsStored(
            String resource, String body, String field, String message) throws Exception {
        HttpResponse<String> response = post("/" + resource, body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = JSON.readTree(response.body());
        assertThat(problem.path("status").asInt()).isEqualTo(400);
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
        assertThat(problem.path("errors").path(0).path("message").asString()).contains(message);
        assertThat(problem.path("detail").asString()).startsWith(field);
        assertThat(database.queryString("SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM payments)"
                        + " + (SELECT count(*) FROM outbox)"))
                .isEqualTo("0");
    }

    @Test
    void everyWrongFieldIsNamed() throws Exception {
        JsonNode problem = JSON.readTree(post("/orders", "{}").body());

        assertThat(problem.path("errors").values())
                .extracting(error -> error.path("field").asString())
                .containsExactlyInAnyOrder("quantity", "deliveryMethod");
    }

    @Test
    void listsByPageWithTheNewestFirst() throws Exception {
        for (int quantity = 1; quantity <= 5; quantity++) {
            post("/orders", "{\"quantity\": " + quantity + ", \"deliveryMethod\": \"DELIVEROO\"}");
        }

        JsonNode page = JSON.readTree(get("/orders?page=1&size=2").body());

        assertThat(page.path("total").asLong()).isEqualTo(5);
        assertThat(page.path("items").values())
                .extracting(order -> order.path("id").asLong())
                .containsExactly(3L, 2L);
        assertThat(get("/orders?size=0").statusCode()).isEqualTo(400);
        assertThat(get("/orders?page=x").body()).contains("\"field\":\"page\"");
        assertThat(get("/orders/x").body()).contains("\"field\":\"id\"");
        assertThat(get("/orders/99").statusCode()).isEqualTo(404);
        assertThat(get("/orders/99").body()).contains("There is no order 99");
    }

    @Test
    void describesItself() throws Exception {
        URI root = URI.create(api).resolve("/");

        String openApi = get(root.resolve("/v3/api-docs")).body();
        HttpResponse<String> page = get(root.resolve("/publisher/api/docs"));

        assertThat(openApi).contains("/publisher/api/orders", "/publisher/api/payments", "MOBILE_PAYMENT");
        assertThat(page.statusCode()).isIn(200, 302);
        assertThat(get(root.resolve("/actuator/health")).body()).contains("\"outbox\":{", "\"status\":\"UP\"");
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(api + path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return get(URI.create(api + path));
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
