package dev.walbrook.postgres.error;

/** Every failure Walbrook knows, with what to do about it. */
public enum ErrorKind {
    CANNOT_CONNECT,
    CONNECTION_LOST,
    TLS_REFUSED,
    AUTHENTICATION_FAILED,
    LOGIN_MISSING,
    DATABASE_MISSING,
    CONNECT_PRIVILEGE_MISSING,
    SERVER_TOO_OLD,
    WAL_LEVEL_NOT_LOGICAL,
    REPLICATION_PRIVILEGE_MISSING,
    PRIVILEGE_MISSING,
    TABLE_UNREADABLE,
    SLOT_MISSING,
    SLOT_IN_USE,
    SLOT_LOST,
    SLOT_WRONG,
    POSITION_LOST,
    NO_FREE_SLOT,
    PUBLICATION_MISSING,
    PUBLICATION_INCOMPLETE,
    NOTHING_TO_CAPTURE,
    FILTER_WITHOUT_MATCH,
    TABLE_WITHOUT_IDENTITY,
    SERVER_OVERLOADED,
    SERVER_READ_ONLY,
    TRANSIENT_CONFLICT,
    DISK_FULL,
    PROTOCOL_VIOLATION,
    CONVERSION_FAILED,
    RECORD_REFUSED,
    RECORD_UNUSABLE,
    SINK_TABLE_MISSING,
    SINK_COLUMN_MISSING,
    SINK_COLUMN_TYPE,
    SINK_SCHEMA_CHANGE,
    SINK_OFFSETS_TABLE,
    SINK_FENCED,
    SINK_TOPIC_CHANGED,
    CONFIGURATION,
    INTERNAL;

    /** Whether a failure of this kind is retried, needs somebody, or belongs to one record. */
    public Directive directive() {
        return switch (this) {
            case CANNOT_CONNECT,
                    CONNECTION_LOST,
                    SERVER_OVERLOADED,
                    SERVER_READ_ONLY,
                    TRANSIENT_CONFLICT,
                    DISK_FULL,
                    PROTOCOL_VIOLATION,
                    SLOT_IN_USE -> Directive.RETRY;
            case CONVERSION_FAILED, RECORD_REFUSED, RECORD_UNUSABLE, SINK_COLUMN_TYPE -> Directive.DEAD_LETTER;
            case TLS_REFUSED,
                    AUTHENTICATION_FAILED,
                    LOGIN_MISSING,
                    DATABASE_MISSING,
                    CONNECT_PRIVILEGE_MISSING,
                    SERVER_TOO_OLD,
                    WAL_LEVEL_NOT_LOGICAL,
                    REPLICATION_PRIVILEGE_MISSING,
                    PRIVILEGE_MISSING,
                    TABLE_UNREADABLE,
                    SLOT_MISSING,
                    SLOT_LOST,
                    SLOT_WRONG,
                    POSITION_LOST,
                    NO_FREE_SLOT,
                    PUBLICATION_MISSING,
                    PUBLICATION_INCOMPLETE,
                    NOTHING_TO_CAPTURE,
                    FILTER_WITHOUT_MATCH,
                    TABLE_WITHOUT_IDENTITY,
                    SINK_TABLE_MISSING,
                    SINK_COLUMN_MISSING,
                    SINK_SCHEMA_CHANGE,
                    SINK_OFFSETS_TABLE,
                    SINK_FENCED,
                    SINK_TOPIC_CHANGED,
                    CONFIGURATION,
                    INTERNAL -> Directive.STOP;
        };
    }

    /**
     * What an operator does about it. Words in braces, such as <code>{slot}</code>, stand for the facts of the failure;
     * {@link WalbrookException} fills them in. The facts <code>user, database, schema, schemas, table, tables,
     * column</code> and <code>publication</code> are names as SQL takes them, quoted, so that the statement can be copied and run.
     */
    String cureTemplate() {
        return switch (this) {
            case CANNOT_CONNECT ->
                "Walbrook keeps trying. Check that PostgreSQL runs at {host}:{port}, that listen_addresses and the firewall let this machine in, and that the host name resolves.";
            case CONNECTION_LOST ->
                "Walbrook reconnects by itself and continues where it stopped. If it keeps happening, look at the server's log for the reason.";
            case TLS_REFUSED ->
                "Correct database.sslmode and, for verify-ca and verify-full, database.sslrootcert; or switch TLS on at the server: ALTER SYSTEM SET ssl = on; SELECT pg_reload_conf(); with ssl_cert_file and ssl_key_file in place.";
            case LOGIN_MISSING -> "Run ALTER ROLE {user} WITH LOGIN;";
            case CONNECT_PRIVILEGE_MISSING -> "Run GRANT CONNECT ON DATABASE {database} TO {user};";
            case SERVER_TOO_OLD -> "Upgrade the server to PostgreSQL {oldest} or later.";
            case TABLE_UNREADABLE ->
                "Run GRANT USAGE ON SCHEMA {schemas} TO {user}; GRANT SELECT ON {tables} TO {user};";
            case FILTER_WITHOUT_MATCH ->
                "Correct or remove the expression; it is a regular expression that must match the whole name. There are: {names}";
            case AUTHENTICATION_FAILED ->
                "Correct the user name or the password, or add a line for user {user} and database {database} to the server's pg_hba.conf and run SELECT pg_reload_conf();";
            case DATABASE_MISSING -> "Correct the database name, or create it: CREATE DATABASE {database};";
            case WAL_LEVEL_NOT_LOGICAL ->
                "Run ALTER SYSTEM SET wal_level = 'logical'; and restart PostgreSQL (on Amazon RDS set rds.logical_replication = 1, on Google Cloud SQL cloudsql.logical_decoding = on).";
            case REPLICATION_PRIVILEGE_MISSING ->
                "Run ALTER ROLE {user} WITH REPLICATION; (on Amazon RDS: GRANT rds_replication TO {user};)";
            case PRIVILEGE_MISSING ->
                "Grant {user} what it lacks, for example GRANT USAGE ON SCHEMA {schema} TO {user}; GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {user};";
            case SLOT_MISSING ->
                "The changes since the stored position can no longer be read from WAL. Remove the connector's offsets to start with a new snapshot, or restore the slot {slot} if it was dropped by mistake from a copy that is not older.";
            case SLOT_IN_USE ->
                "Stop the other process that reads slot {slot} (SELECT active_pid FROM pg_replication_slots WHERE slot_name = '{slot}';), or give this connector another slot.name.";
            case SLOT_LOST ->
                "The WAL that slot {slot} needs was removed. Drop it with SELECT pg_drop_replication_slot('{slot}'); and remove the connector's offsets to start with a new snapshot; raise max_slot_wal_keep_size so that it does not happen again.";
            case SLOT_WRONG ->
                "Give this connector another slot.name, or drop the slot with SELECT pg_drop_replication_slot('{slot}'); if nobody needs it.";
            case POSITION_LOST ->
                "Set position.lost.policy=resnapshot to read the tables again, or position.lost.policy=continue to go on from the position of slot {slot} without those changes, and restart the connector. If it is connected to the wrong server, correct database.hostname.";
            case NO_FREE_SLOT ->
                "Drop a slot nobody needs (SELECT slot_name, active FROM pg_replication_slots;), or raise max_replication_slots and max_wal_senders and restart PostgreSQL.";
            case PUBLICATION_MISSING ->
                "Create it as the tables' owner or a superuser: CREATE PUBLICATION {publication} FOR TABLE {tables};";
            case PUBLICATION_INCOMPLETE ->
                "Add the tables as their owner: ALTER PUBLICATION {publication} ADD TABLE {tables};";
            case NOTHING_TO_CAPTURE ->
                "Check table.include.list, table.exclude.list, schema.include.list and schema.exclude.list; they are regular expressions on schema.table. Names in database {database}: {tables}";
            case TABLE_WITHOUT_IDENTITY ->
                "Give the table a primary key, or run ALTER TABLE {table} REPLICA IDENTITY FULL;";
            case SERVER_OVERLOADED ->
                "Walbrook keeps trying. Free connections on the server, or raise max_connections (for replication: max_wal_senders).";
            case SERVER_READ_ONLY ->
                "Walbrook keeps trying. {host}:{port} takes no writes: it is a standby, or default_transaction_read_only is on. Name the primary, or several hosts with targetServerType=primary.";
            case TRANSIENT_CONFLICT ->
                "Walbrook tries again. If it keeps happening, look for long transactions and locks in pg_stat_activity and pg_locks.";
            case DISK_FULL -> "Walbrook keeps trying. Free space on the server's disk.";
            case PROTOCOL_VIOLATION ->
                "Walbrook reconnects and reads the same changes again. If it keeps happening, report it with the text above.";
            case CONVERSION_FAILED ->
                "Exclude the column with column.exclude.list, choose another representation for its type, or set event.processing.failure.handling.mode=warn and dead.letter.topic.name to set such changes aside.";
            case RECORD_REFUSED ->
                "Correct the row or the target table's constraint, or set errors.tolerance=all and errors.deadletterqueue.topic.name to set such records aside.";
            case RECORD_UNUSABLE ->
                "Set errors.tolerance=all and errors.deadletterqueue.topic.name to set such records aside, or keep them from this topic.";
            case SINK_TABLE_MISSING -> "Create the table {table}, or set schema.evolution=basic to have it created.";
            case SINK_COLUMN_MISSING ->
                "Add the column {column} to {table}, or set schema.evolution=basic to have it added.";
            case SINK_COLUMN_TYPE ->
                "Change the column's type to one that takes the value, for example ALTER TABLE {table} ALTER COLUMN {column} TYPE {type} USING {column}::{type};";
            case SINK_SCHEMA_CHANGE -> "Run {ddl}; or set {property}=apply or {property}=ignore.";
            case SINK_OFFSETS_TABLE ->
                "Create it as a role that may: {ddl}; GRANT SELECT, INSERT, UPDATE ON {table} TO {user}; or name another in offsets.table.name, or set delivery.guarantee=at_least_once to do without it.";
            case SINK_FENCED ->
                "If a connector of the same name on another Kafka cluster writes to this database, give one of the two another offsets.table.name. Otherwise restart the task.";
            case SINK_TOPIC_CHANGED ->
                "If topic {topic} was created anew, or this is a new Kafka cluster, stop the connector, remove its offsets (DELETE /connectors/NAME/offsets) to write the topic from its beginning, and resume it; or name another offsets.table.name.";
            case CONFIGURATION -> "Correct the connector's configuration.";
            case INTERNAL -> "Restart the task. If it happens again, report it with the stack trace.";
        };
    }
}
