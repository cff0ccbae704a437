package dev.walbrook.cli.tail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.walbrook.admin.events.ChangeEvent;
import dev.walbrook.admin.events.Operation;
import dev.walbrook.cli.Terminal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A change event as one line for a person. */
final class EventPrinter {

    private static final int REMEMBERED_ROWS = 10_000;
    /** Longer values are cut in the middle of a line; {@code --json} has them whole. */
    private static final int VALUE_LENGTH = 200;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final Terminal terminal;
    private final ZoneId zone;
    private final RowMemory memory = new RowMemory(REMEMBERED_ROWS);

    EventPrinter(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        this.zone = zone;
    }

    String line(ChangeEvent event) {
        JsonNode before = memory.before(event);
        String name = Objects.requireNonNullElse(event.table(), event.topic());
        return terminal.dim(TIME.format(event.timestamp().atZone(zone)))
                + ' '
                + operation(event.operation())
                + ' '
                + terminal.bold(name)
                + ' '
                + terminal.cyan(key(event.key()))
                + body(event, before);
    }

    private String operation(Operation operation) {
        String word = operation == Operation.TOMBSTONE
                ? "tombstone"
                : operation == Operation.OTHER ? "record" : operation.name();
        String padded = String.format(Locale.ROOT, "%-9s", word);
        return switch (operation) {
            case SNAPSHOT -> terminal.cyan(padded);
            case INSERT -> terminal.green(padded);
            case UPDATE -> terminal.yellow(padded);
            case DELETE, TRUNCATE -> terminal.red(padded);
            case TOMBSTONE, MESSAGE, OTHER -> terminal.dim(padded);
        };
    }

    private static String key(@Nullable JsonNode key) {
        if (key == null) {
            return "(no key)";
        }
        if (!key.isObject()) {
            return value(key);
        }
        List<String> values = new ArrayList<>();
        key.properties().forEach(field -> values.add(field.getKey() + '=' + value(field.getValue())));
        return String.join(" ", values);
    }

    private String body(ChangeEvent event, @Nullable JsonNode before) {
        return switch (event.operation()) {
            case SNAPSHOT, INSERT, MESSAGE, OTHER -> fields(event.after(), event.key());
            case UPDATE -> changes(before, event);
            case DELETE -> fields(before, event.key());
            case TRUNCATE, TOMBSTONE -> "";
        };
    }

    private static String fields(@Nullable JsonNode row, @Nullable JsonNode key) {
        if (row == null) {
            return "";
        }
        if (!row.isObject()) {
            return "  " + value(row);
        }
        return row.properties().stream()
                .filter(field -> key == null || !key.has(field.getKey()))
                .map(field -> ' ' + field.getKey() + '=' + value(field.getValue()))
                .collect(Collectors.joining("", " ", ""));
    }

    private String changes(@Nullable JsonNode before, ChangeEvent event) {
        JsonNode after = event.after();
        if (after == null || before == null || before.size() < 2) {
            return fields(after, event.key());
        }
        StringBuilder changes = new StringBuilder(" ");
        for (Map.Entry<String, JsonNode> field : after.properties()) {
            JsonNode old = before.get(field.getKey());
            if (!field.getValue().equals(old) && !isUnavailable(field.getValue())) {
                changes.append(' ')
                        .append(field.getKey())
                        .append(": ")
                        .append(old == null ? "?" : terminal.red(value(old)))
                        .append(" → ")
                        .append(terminal.green(value(field.getValue())));
            }
        }
        return changes.length() == 1 ? "  nothing changed" : changes.toString();
    }

    private static boolean isUnavailable(JsonNode value) {
        return value.isTextual() && value.asText().equals(ChangeEvent.UNAVAILABLE);
    }

    private static String value(JsonNode value) {
        if (isUnavailable(value)) {
            return "(unchanged)";
        }
        String text = value.toString();
        return text.length() <= VALUE_LENGTH ? text : text.substring(0, VALUE_LENGTH) + "…";
    }
}
