package dev.walbrook.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLayoutTest {

    @Test
    void theRoutersDefaultsNeedNoOptions() {
        assertThat(EventLayout.standard().routerOptions()).isEmpty();
    }

    @Test
    void otherNamesAndOptionalPartsBecomeOptionsOfTheRouter() {
        EventLayout layout = EventLayout.standard()
                .with(EventField.ID, "event_id")
                .with(EventField.AGGREGATE_TYPE, "kind")
                .with(EventField.AGGREGATE_ID, "entity")
                .with(EventField.TYPE, "happened")
                .with(EventField.PAYLOAD, "body")
                .with(EventField.TIMESTAMP, EventField.SCHEMA_VERSION, EventField.TRACEPARENT)
                .withHeader("tenant")
                .withHeader("content-type", "content_type");

        assertThat(layout.routerOptions())
                .containsEntry("table.field.event.id", "event_id")
                .containsEntry("route.by.field", "kind")
                .containsEntry("table.field.event.key", "entity")
                .containsEntry("table.field.event.type", "happened")
                .containsEntry("table.field.event.payload", "body")
                .containsEntry("table.field.event.timestamp", "occurred_at")
                .containsEntry("table.field.event.schema.version", "schemaversion")
                .containsEntry(
                        "table.fields.additional.placement",
                        "traceparent:header:traceparent,tenant:header:tenant,content_type:header:content-type")
                .hasSize(8);
    }

    @Test
    void aKeyOfItsOwnIsTheRoutersKey() {
        assertThat(EventLayout.standard().with(EventField.KEY).routerOptions())
                .containsEntry("table.field.event.key", "eventkey");
    }

    @Test
    void refusesTwoPartsUnderOneName() {
        assertThatThrownBy(() -> EventLayout.standard().withHeader("tenant", "type"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'type' twice");
    }

    @Test
    void refusesWhatWouldBeLost() {
        OutboxEvent.Builder event = OutboxEvent.of("ORDER", "1", "Placed").json("{}");
        EventLayout layout = EventLayout.standard();

        layout.requirePlaceFor(event.build());
        layout.requirePlaceFor(event.key("1").build());
        assertThatThrownBy(() -> layout.requirePlaceFor(event.key("2").build())).hasMessageContaining("EventField.KEY");
        assertThatThrownBy(() -> layout.requirePlaceFor(OutboxEvent.of("ORDER", "1", "Placed")
                        .timestamp(Instant.EPOCH)
                        .build()))
                .hasMessageContaining("EventField.TIMESTAMP");
        assertThatThrownBy(() -> layout.requirePlaceFor(OutboxEvent.of("ORDER", "1", "Placed")
                        .header("tenant", "t")
                        .build()))
                .hasMessageContaining("withHeader(\"tenant\")");
    }
}
