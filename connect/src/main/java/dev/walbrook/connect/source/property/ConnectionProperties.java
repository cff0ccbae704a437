package dev.walbrook.connect.source.property;

import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.CaseInsensitiveValidString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** How to reach the database. */
public final class ConnectionProperties {

    public static final String HOST = "database.hostname";
    public static final String PORT = "database.port";
    public static final String USER = "database.user";
    public static final String PASSWORD = "database.password";
    public static final String DATABASE = "database.dbname";

    public static final String INITIAL_STATEMENTS = "database.initial.statements";
    public static final String QUERY_TIMEOUT = "database.query.timeout.ms";
    public static final String KEEP_ALIVE = "database.tcpKeepAlive";
    public static final String SSL_MODE = "database.sslmode";
    public static final String SSL_PASSWORD = "database.sslpassword";

    /** What these properties mean to the connector; the others under {@code database.} are the driver's. */
    public static final Set<String> OWN =
            Set.of(HOST, PORT, USER, PASSWORD, DATABASE, INITIAL_STATEMENTS, QUERY_TIMEOUT);

    private ConnectionProperties() {}

    static void define(Definition definition) {
        definition.group("Connection");
        definition.required(HOST, Type.STRING, "Host name or address of the PostgreSQL server.");
        definition.optional(PORT, Type.INT, 5432, Range.between(1, 65535), "Port of the server.");
        definition.required(USER, Type.STRING, "Role to connect as; it needs REPLICATION and SELECT on the tables.");
        definition.optional(PASSWORD, Type.PASSWORD, null, null, "The role's password.");
        definition.required(DATABASE, Type.STRING, "Database to capture.");
        definition.optional(
                SSL_MODE,
                Type.STRING,
                "prefer",
                CaseInsensitiveValidString.in("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
                "Whether the connection is encrypted, and how far the server must prove who it is.");
        definition.optional("database.sslcert", Type.STRING, null, null, "File with the client's certificate.");
        definition.optional("database.sslkey", Type.STRING, null, null, "File with the client's private key.");
        definition.optional(SSL_PASSWORD, Type.PASSWORD, null, null, "Password of the private key.");
        definition.optional(
                "database.sslrootcert",
                Type.STRING,
                null,
                null,
                "File with the certificates of the authorities that the server's certificate may come from.");
        definition.optional(
                "database.sslfactory",
                Type.STRING,
                null,
                null,
                "Class of the JDBC driver that makes encrypted connections; org.postgresql.ssl.DefaultJavaSSLFactory"
                        + " takes the JVM's own trust store.");
        definition.optional(
                KEEP_ALIVE,
                Type.BOOLEAN,
                true,
                null,
                "Keep idle connections alive through firewalls (TCP keep-alive).");
        definition.optional(
                INITIAL_STATEMENTS,
                Type.STRING,
                null,
                null,
                "SQL that every new connection executes first, except the one that reads the changes; separated by ';',"
                        + " which is written ';;' inside a statement. Settings that decide how values look are made by"
                        + " the connector afterwards.");
        definition.optional(
                QUERY_TIMEOUT,
                Type.INT,
                600_000,
                Range.atLeast(0),
                "The longest time in milliseconds that a statement may take, except those that read a snapshot's rows;"
                        + " 0 for any time.");
        definition.optional(
                "read.only",
                Type.BOOLEAN,
                false,
                null,
                "Accepted for compatibility with Debezium, to which it means how incremental snapshots are signalled. A"
                        + " standby is recognised without it, and nothing is written there.");
    }
}
