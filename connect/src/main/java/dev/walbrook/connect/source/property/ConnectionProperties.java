package dev.walbrook.connect.source.property;

import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** How to reach the database. */
public final class ConnectionProperties {

    public static final String HOST = "database.hostname";
    public static final String PORT = "database.port";
    public static final String USER = "database.user";
    public static final String PASSWORD = "database.password";
    public static final String DATABASE = "database.dbname";

    private ConnectionProperties() {}

    static void define(Definition definition) {
        definition.group("Connection");
        definition.required(HOST, Type.STRING, "Host name or address of the PostgreSQL server.");
        definition.optional(PORT, Type.INT, 5432, Range.between(1, 65535), "Port of the server.");
        definition.required(USER, Type.STRING, "Role to connect as; it needs REPLICATION and SELECT on the tables.");
        definition.optional(PASSWORD, Type.PASSWORD, null, null, "The role's password.");
        definition.required(DATABASE, Type.STRING, "Database to capture.");
    }
}
