package dev.walbrook.conformance.transforms;

/**
 * Everything in which a transform is meant to differ from Debezium's, and why; {@link TransformDifferencesTest} proves each.
 */
enum TransformDifference {
    REFUSALS(
            "all",
            "A record that cannot be transformed is a DataException that names topic, position, cause and cure, never a"
                    + " value of the row. Debezium throws exceptions of many types, some with the whole row in the message"),
    UNTOUCHED(
            "all",
            "The record that comes in is left as it was, so that what is retried or dead-lettered is the original."
                    + " Debezium's add headers to it, so that a delete and its tombstone, which share theirs, get a header"
                    + " twice, and convert times in it"),
    TWO_X_OPTIONS(
            "ExtractNewRecordState",
            "drop.tombstones and delete.handling.mode of Debezium 2.x are understood; Debezium 3 ignores them"),
    DROP_WITHOUT_DEFAULTS(
            "ExtractNewRecordState",
            "replace.null.with.default=false holds where fields are dropped too; Debezium turns nulls into defaults there"),
    DROP_FROM_TOMBSTONES(
            "ExtractNewRecordState",
            "Fields are dropped from the key of a delete that became a tombstone; Debezium fails with a"
                    + " NullPointerException, because there is no schema of a value"),
    ADDED_STRUCTS(
            "ExtractNewRecordState",
            "A whole struct, such as transaction, can be added; Debezium makes a schema without fields of it and fails"),
    SCHEMA_PER_AGGREGATE(
            "outbox.EventRouter",
            "The schema of a wrapped payload is named after its own aggregate. Debezium remembers the first one made of a"
                    + " payload's schema or a version and gives its name to all, so names depend on what came first"),
    FAILED_EXPANSION(
            "outbox.EventRouter",
            "A payload that cannot be expanded, such as a JSON array, stays text with its own schema, or is a bad record"
                    + " with table.json.payload.invalid.behavior=error. Debezium combines the text with the schema of the"
                    + " expansion in some cases, which no converter can write, and logs parts of the payload"),
    UNEQUAL_OBJECTS(
            "outbox.EventRouter, DecodeLogicalDecodingMessageContent",
            "In an array of objects with different members, fields stand in the order of their first appearance and nested"
                    + " objects get the members of all. Debezium's order is that of a hash set, another in each JVM, and"
                    + " members of nested objects are lost"),
    TRAILING_TEXT(
            "outbox.EventRouter, DecodeLogicalDecodingMessageContent",
            "Text after the end of a document makes it invalid JSON; Debezium drops the text silently"),
    ADJUSTED_MEMBERS(
            "outbox.EventRouter, DecodeLogicalDecodingMessageContent",
            "Members whose names field.name.adjustment.mode changes keep their values; Debezium loses them"),
    TRACE_CONTEXT(
            "outbox.EventRouter",
            "The W3C trace context of the row becomes headers without any tracing library. Debezium does nothing without"
                    + " OpenTelemetry in the worker, and makes spans of its own with it"),
    NULLS_STAY(
            "HeaderToValue, TimezoneConverter",
            "Nulls stay nulls. Debezium turns a null into its column's default in each struct that gets a field, and in each"
                    + " column of times"),
    SCHEMA_PER_TOPIC(
            "ToLogicalTopicRouter, ByLogicalTableRouter",
            "Two topics that share a schema, such as a plain key, get the name of their own new topic; Debezium gives both"
                    + " the name of the first"),
    ARRAY_HASHES(
            "partitions.PartitionRouting",
            "A byte array is hashed by content. Debezium's java function hashes its address, another for each record"),
    UNKNOWN_HASH(
            "partitions.PartitionRouting",
            "An unknown partition.hash.function is refused; Debezium takes it for java, and rows land elsewhere"),
    SINK_RECORDS(
            "partitions.PartitionRouting", "Works at sinks too; Debezium's fails on anything but a source's records"),
    OFFSETS_AT_TRANSITIONS(
            "TimezoneConverter",
            "A time with zone gets the offset that holds at its instant. Debezium looks the offset up as if UTC were the"
                    + " zone's local time, which is an hour wrong around changes of daylight saving time"),
    INFINITE_TIMES(
            "TimezoneConverter",
            "infinity and -infinity stay what they are; Debezium fails on the text and shifts the number"),
    OPTIONAL_STRUCTS(
            "HeaderToValue",
            "A struct that gets a field stays optional if it was. Debezium makes it required, and converters then fail on"
                    + " every record in which it is null, such as a delete without a row after it"),
    HEADERS_PER_RECORD(
            "HeaderToValue",
            "A record gets the fields of its own headers. Debezium remembers the schema of the first record and fails on"
                    + " one with more headers"),
    TOMBSTONES_OF_MESSAGES(
            "DecodeLogicalDecodingMessageContent",
            "Records without schema pass unchanged; Debezium fails with a NullPointerException"),
    EXPRESSIONS(
            "Filter, ContentBasedRouter",
            "Conditions are written in a small language of Walbrook's own; no scripting engine runs in the worker");

    private final String transforms;
    private final String reason;

    TransformDifference(String transforms, String reason) {
        this.transforms = transforms;
        this.reason = reason;
    }

    String transforms() {
        return transforms;
    }

    String reason() {
        return reason;
    }
}
