package dev.walbrook.conformance;

/** One of the two connectors that are compared. */
enum Subject {
    DEBEZIUM("io.debezium.connector.postgresql.PostgresConnector", "zdbz"),
    WALBROOK("dev.walbrook.connect.source.PostgresSourceConnector", "zwal");

    /** What stands for either connector's own name wherever it appears in a record. */
    static final String COMMON_NAME = "server";

    private final String connectorClass;
    private final String tag;

    Subject(String connectorClass, String tag) {
        this.connectorClass = connectorClass;
        this.tag = tag;
    }

    String connectorClass() {
        return connectorClass;
    }

    /** A name for topics, slot and publication that appears nowhere else; as long as the other connector's. */
    String uniqueName(int pair) {
        return "%s%04dz".formatted(tag, pair);
    }
}
