package dev.walbrook.conformance;

/** One of the two makers whose connectors are compared. */
public enum Subject {
    DEBEZIUM(
            "io.debezium.connector.postgresql.PostgresConnector",
            "io.debezium.connector.jdbc.JdbcSinkConnector",
            "zdbz"),
    WALBROOK(
            "dev.walbrook.connect.source.PostgresSourceConnector",
            "dev.walbrook.connect.sink.PostgresSinkConnector",
            "zwal");

    /** What stands for either connector's own name wherever it appears in a record. */
    static final String COMMON_NAME = "server";

    private final String connectorClass;
    private final String sinkClass;
    private final String tag;

    Subject(String connectorClass, String sinkClass, String tag) {
        this.connectorClass = connectorClass;
        this.sinkClass = sinkClass;
        this.tag = tag;
    }

    public String connectorClass() {
        return connectorClass;
    }

    /** The class of its sink. */
    public String sinkClass() {
        return sinkClass;
    }

    /** A name for topics, slot and publication that appears nowhere else; as long as the other connector's. */
    public String uniqueName(int pair) {
        return "%s%04dz".formatted(tag, pair);
    }
}
