package dev.walbrook.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.walbrook.admin.events.ChangeEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows last seen, so that an update without old values (REPLICA IDENTITY DEFAULT) can still be shown as a difference.
 *
 * <p>It forgets the row not touched for longest.
 */
final class RowMemory {

    private final int capacity;

    private final Map<String, JsonNode> rows = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonNode> eldest) {
            return size() > capacity;
        }
    };

    RowMemory(int capacity) {
        this.capacity = capacity;
    }

    /** The row before the event, from the event itself or from memory; null if neither has it. Remembers the row after. */
    @Nullable
    JsonNode before(ChangeEvent event) {
        JsonNode key = event.key();
        if (key == null) {
            return event.before();
        }
        String id = event.topic() + ' ' + key;
        JsonNode after = event.after();
        JsonNode remembered = after == null ? rows.remove(id) : rows.put(id, after);
        return event.before() != null ? event.before() : remembered;
    }
}
