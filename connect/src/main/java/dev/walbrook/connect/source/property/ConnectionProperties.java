package dev.walbrook.connect.source.property;

import java.util.Set;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** How to reach the database. */
public final class ConnectionProperties {

    public static final String HOST = "database.hostname";
    public static final String PORT = "database.port";
    public static final String USER = "database.user";
    public static final String PASSWORD = "database.password";
    public static final String DATABASE = "database.dbname";
    public static final String SSL_MODE = "database.sslmode";
    public static final String SSL_ROOT_CERTIFICATE = "database.sslrootcert";
    public static final String SSL_CERTIFICATE = "database.sslcert";
    public static final String SSL_KEY = "database.sslkey";
    public static final String SSL_PASSWORD = "database.sslpassword";
    public static final String SSL_FACTORY = "database.sslfactory";
    public static final String TCP_KEEP_ALIVE = "database.tcpKeepAlive";
    public static final String VALIDATION_TIMEOUT = "connection.validation.timeout.ms";

    public static final String INITIAL_STATEMENTS = "database.initial.statements";
    public static final String QUERY_TIMEOUT = "database.query.timeout.ms";

    private static final String[] SSL_MODES = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"};

    /** What these properties mean to the connector; the others under {@code database.} are the driver's. */
    public static final Set<String> OWN =
            Set.of(HOST, PORT, USER, PASSWORD, DATABASE, INITIAL_STATEMENTS, QUERY_TIMEOUT);

    private ConnectionProperties() {}

    static void define(Definition definition) {
        definition.group("Connection");
        definition.required(
                HOST,
                Type.STRING,
                "Host name or address of the PostgreSQL server; several, separated by commas, are tried in order.");
        definition.optional(PORT, Type.INT, 5432, Range.between(1, 65535), "Port of the server.");
        definition.required(USER, Type.STRING, "Role to connect as; it needs REPLICATION and SELECT on the tables.");
        definition.optional(PASSWORD, Type.PASSWORD, null, null, "The role's password.");
        definition.required(DATABASE, Type.STRING, "Database to capture.");
        definition.choice(
                SSL_MODE,
                "prefer",
                SSL_MODES,
                "Whether the connection is encrypted: disable, allow, prefer (if the server can), require, verify-ca"
                        + " (and its certificate must be of a known authority), verify-full (and be that host's).");
        definition.optional(
                SSL_ROOT_CERTIFICATE,
                Type.STRING,
                null,
                null,
                "File on the worker with the certificates of the authorities to believe.");
        definition.optional(
                SSL_CERTIFICATE, Type.STRING, null, null, "File on the worker with the client's certificate.");
        definition.optional(
                SSL_KEY,
                Type.STRING,
                null,
                null,
                "File on the worker with the client's key, in PKCS-8 DER or PKCS-12.");
        definition.optional(SSL_PASSWORD, Type.PASSWORD, null, null, "The password of the client's key.");
        definition.optional(
                SSL_FACTORY,
                Type.STRING,
                null,
                null,
                "Class that makes encrypted sockets instead of pgjdbc's own; it must be in the plugin's folder.");
        definition.optional(
                TCP_KEEP_ALIVE,
                Type.BOOLEAN,
                true,
                null,
                "Let TCP probe an idle connection, so that one that a firewall has forgotten is noticed.");
        definition.optional(
                VALIDATION_TIMEOUT,
                Type.LONG,
                60_000L,
                Range.atLeast(1),
                "The longest time in milliseconds that the validation of a configuration may spend with the database.");
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
