package dev.walbrook.cli.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.walbrook.admin.events.ChangeEvent;
import java.util.Locale;

/** A change event as one line of JSON. */
final class EventJson {

    private final ObjectMapper json = new ObjectMapper();

    String line(ChangeEvent event) {
        ObjectNode line = json.createObjectNode();
        line.put("topic", event.topic());
        line.put("partition", event.partition());
        line.put("offset", event.offset());
        line.put("timestamp", event.timestamp().toString());
        line.put("op", event.operation().name().toLowerCase(Locale.ROOT));
        line.put("table", event.table());
        line.<JsonNode>set("key", event.key());
        line.<JsonNode>set("before", event.before());
        line.<JsonNode>set("after", event.after());
        line.<JsonNode>set("source", event.source());
        try {
            return json.writeValueAsString(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of JSON nodes can always be written", e);
        }
    }
}
