package dev.walbrook.outbox;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The names under which the parts of an event are stored, and so what the pipeline's {@code EventRouter} must be told.
 *
 * <p>An event that carries something the layout has no name for is refused, because the router would never see it.
 *
 * @param names the column or field of each part; the five that the router needs are always there
 * @param headers the column or field of each further header, by the header's name
 */
public record EventLayout(Map<EventField, String> names, Map<String, String> headers) {

    public EventLayout {
        names = Collections.unmodifiableMap(new EnumMap<>(names));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        for (EventField field : EventField.values()) {
            if (field.required() && !names.containsKey(field)) {
                throw new IllegalArgumentException("The layout has no name for " + field);
            }
        }
        Set<String> seen = new HashSet<>();
        for (String name : all(names, headers)) {
            if (name.isBlank() || !seen.add(name)) {
                throw new IllegalArgumentException("The layout uses the name '" + name + "' twice or it is empty");
            }
        }
    }

    private static List<String> all(Map<EventField, String> names, Map<String, String> headers) {
        List<String> all = new ArrayList<>(names.values());
        all.addAll(headers.values());
        return all;
    }

    /** The router's defaults: {@code id}, {@code aggregatetype}, {@code aggregateid}, {@code type}, {@code payload}. */
    public static EventLayout standard() {
        Map<EventField, String> names = new EnumMap<>(EventField.class);
        for (EventField field : EventField.values()) {
            if (field.required()) {
                names.put(field, field.usualName());
            }
        }
        return new EventLayout(names, Map.of());
    }

    /** This layout with these optional parts too, under their usual names. */
    public EventLayout with(EventField... fields) {
        EventLayout layout = this;
        for (EventField field : fields) {
            layout = layout.with(field, field.usualName());
        }
        return layout;
    }

    /** This layout with another name for a part, or with an optional part. */
    public EventLayout with(EventField field, String name) {
        Map<EventField, String> changed = new EnumMap<>(names);
        changed.put(field, name);
        return new EventLayout(changed, headers);
    }

    /** This layout with a place for a header of that name. */
    public EventLayout withHeader(String header) {
        return withHeader(header, header);
    }

    /** This layout with a place for a header; the name is that of the column or field. */
    public EventLayout withHeader(String header, String name) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(header, name);
        return new EventLayout(names, changed);
    }

    /** The name of a part; null if the layout has no place for it. */
    public @Nullable String name(EventField field) {
        return names.get(field);
    }

    /** The name of one of the five parts that are always there. */
    String requiredName(EventField field) {
        String name = names.get(field);
        if (name == null) {
            throw new IllegalArgumentException(field + " is optional");
        }
        return name;
    }

    /**
     * The options of {@code EventRouter} that make it read this layout, without a prefix; what its defaults already say
     * is left out. Trace and further headers travel as headers of their own names.
     */
    public Map<String, String> routerOptions() {
        Map<String, String> options = new LinkedHashMap<>();
        putUnless(options, "table.field.event.id", name(EventField.ID), "id");
        putUnless(options, "route.by.field", name(EventField.AGGREGATE_TYPE), "aggregatetype");
        putUnless(options, "table.field.event.type", name(EventField.TYPE), "type");
        putUnless(options, "table.field.event.payload", name(EventField.PAYLOAD), "payload");
        String key = name(EventField.KEY) != null ? name(EventField.KEY) : name(EventField.AGGREGATE_ID);
        putUnless(options, "table.field.event.key", key, "aggregateid");
        putUnless(options, "table.field.event.timestamp", name(EventField.TIMESTAMP), null);
        putUnless(options, "table.field.event.schema.version", name(EventField.SCHEMA_VERSION), null);
        String placement = placement();
        if (!placement.isEmpty()) {
            options.put("table.fields.additional.placement", placement);
        }
        return options;
    }

    private static void putUnless(
            Map<String, String> options, String option, @Nullable String name, @Nullable String usual) {
        if (name != null && !name.equals(usual)) {
            options.put(option, name);
        }
    }

    private String placement() {
        List<String> placed = new ArrayList<>();
        String traceparent = name(EventField.TRACEPARENT);
        if (traceparent != null) {
            placed.add(traceparent + ":header:traceparent");
        }
        headers.forEach((header, name) -> placed.add(name + ":header:" + header));
        return String.join(",", placed);
    }

    /** Refuses an event with a part that has no place here. */
    void requirePlaceFor(OutboxEvent event) {
        requirePlace(event, EventField.TIMESTAMP, event.timestamp());
        requirePlace(event, EventField.SCHEMA_VERSION, event.schemaVersion());
        requirePlace(event, EventField.TRACEPARENT, event.traceparent());
        if (event.key() != null && !event.key().equals(event.aggregateId())) {
            requirePlace(event, EventField.KEY, event.key());
        }
        for (String header : event.headers().keySet()) {
            if (!headers.containsKey(header)) {
                throw new IllegalArgumentException("The event " + event.id() + " has a header " + header
                        + " and the outbox has no place for it: add the column and"
                        + " EventLayout.withHeader(\"" + header + "\"), or leave the header out");
            }
        }
    }

    private void requirePlace(OutboxEvent event, EventField field, @Nullable Object value) {
        if (value != null && name(field) == null) {
            throw new IllegalArgumentException("The event " + event.id() + " has a " + field
                    + " and the outbox has no place for it: add the column and EventLayout.with(EventField." + field
                    + "), or leave it out of the event");
        }
    }
}
