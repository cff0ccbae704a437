package dev.walbrook.outbox;

/** A part of an event that is stored under a name of its own: a column of the table, a field of the message. */
public enum EventField {
    ID("id"),
    AGGREGATE_TYPE("aggregatetype"),
    AGGREGATE_ID("aggregateid"),
    TYPE("type"),
    PAYLOAD("payload"),
    KEY("eventkey"),
    TIMESTAMP("occurred_at"),
    SCHEMA_VERSION("schemaversion"),
    TRACEPARENT("traceparent");

    private final String usualName;

    EventField(String usualName) {
        this.usualName = usualName;
    }

    /** The router's default name, or ours where the router has none. */
    public String usualName() {
        return usualName;
    }

    /** Whether every outbox stores it. */
    boolean required() {
        return switch (this) {
            case ID, AGGREGATE_TYPE, AGGREGATE_ID, TYPE, PAYLOAD -> true;
            case KEY, TIMESTAMP, SCHEMA_VERSION, TRACEPARENT -> false;
        };
    }
}
