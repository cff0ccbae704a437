package dev.walbrook.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MessageOutboxTest {

    private static final String AWKWARD = "{\"text\": \"quote \\\" slash \\\\ tab\\t é 😀 \\u0000\"}";

    @Test
    void writesEveryPartUnderItsName() throws Exception {
        MessageOutbox outbox = new MessageOutbox(
                "outbox",
                EventLayout.standard()
                        .with(EventField.KEY, EventField.SCHEMA_VERSION, EventField.TRACEPARENT)
                        .withHeader("tenant"));
        OutboxEvent event = OutboxEvent.of("ORDER", "a \"b\"\n\u0001", "Placed")
                .json(AWKWARD)
                .schemaVersion(3)
                .header("tenant", "acme")
                .build();

        JsonNode message = new ObjectMapper().readTree(outbox.content(event));

        assertThat(message.path("id").asText()).isEqualTo(event.id().toString());
        assertThat(message.path("aggregatetype").asText()).isEqualTo("ORDER");
        assertThat(message.path("aggregateid").asText()).isEqualTo("a \"b\"\n\u0001");
        assertThat(message.path("type").asText()).isEqualTo("Placed");
        assertThat(message.path("payload").asText()).isEqualTo(AWKWARD);
        assertThat(message.path("eventkey").asText()).isEqualTo("a \"b\"\n\u0001");
        assertThat(message.path("schemaversion").asInt()).isEqualTo(3);
        assertThat(message.path("traceparent").isNull()).isTrue();
        assertThat(message.path("tenant").asText()).isEqualTo("acme");
        assertThat(message).hasSize(9);
    }

    @Test
    void refusesWhatTheRouterCouldNotRead() {
        OutboxEvent bytes =
                OutboxEvent.of("ORDER", "1", "Placed").bytes(new byte[] {1}).build();

        assertThatThrownBy(() -> MessageOutbox.standard().content(bytes)).hasMessageContaining("PayloadType.BYTES");
        assertThatThrownBy(
                        () -> new MessageOutbox("outbox", EventLayout.standard().with(EventField.TIMESTAMP)))
                .hasMessageContaining("EventField.TIMESTAMP");
    }
}
