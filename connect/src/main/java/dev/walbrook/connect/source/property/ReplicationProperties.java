package dev.walbrook.connect.source.property;

import dev.walbrook.capture.PublicationMode;
import dev.walbrook.capture.ReplicaIdentities;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Slot, publication and how far PostgreSQL is told that changes are delivered. */
public final class ReplicationProperties {

    public static final String PLUGIN = "plugin.name";
    public static final String SLOT = "slot.name";
    public static final String SLOT_DROP_ON_STOP = "slot.drop.on.stop";
    public static final String SLOT_FAILOVER = "slot.failover";
    public static final String SLOT_RETRIES = "slot.max.retries";
    public static final String SLOT_RETRY_DELAY = "slot.retry.delay.ms";
    public static final String PUBLICATION = "publication.name";
    public static final String PUBLICATION_MODE = "publication.autocreate.mode";
    public static final String VIA_PARTITION_ROOT = "publish.via.partition.root";
    public static final String STATUS_INTERVAL = "status.update.interval.ms";

    public static final String IDENTITIES = "replica.identity.autoset.values";
    public static final String XMIN_INTERVAL = "xmin.fetch.interval.ms";

    /** PostgreSQL's own rule for the names of slots. */
    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");

    private ReplicationProperties() {}

    static void define(Definition definition) {
        definition.group("Replication");
        definition.optional(
                PLUGIN,
                Type.STRING,
                "pgoutput",
                null,
                "Accepted for compatibility with Debezium; pgoutput is always used.");
        definition.optional(
                SLOT,
                Type.STRING,
                "debezium",
                Definition.matching(SLOT_NAME, "a slot name: up to 63 lower-case letters, digits and '_'"),
                "Replication slot; created if it does not exist.");
        definition.optional(SLOT_DROP_ON_STOP, Type.BOOLEAN, false, null, "Drop the slot when the connector stops.");
        definition.optional(
                SLOT_FAILOVER,
                Type.BOOLEAN,
                false,
                null,
                "Create the slot as a failover slot, which standbys keep in step (PostgreSQL 17).");
        definition.optional(
                SLOT_RETRIES,
                Type.INT,
                6,
                Range.atLeast(0),
                "How many times slot.retry.delay.ms to go on trying while another process uses the slot.");
        definition.optional(
                SLOT_RETRY_DELAY,
                Type.LONG,
                10_000L,
                Range.atLeast(0),
                "The longest pause in milliseconds between those attempts; the first ones follow quickly.");
        definition.optional(
                PUBLICATION,
                Type.STRING,
                "dbz_publication",
                null,
                "Publication to read. One that was made by hand may have row filters and column lists; they hold for the"
                        + " snapshot too.");
        definition.choice(
                PUBLICATION_MODE,
                "all_tables",
                Definition.names(PublicationMode.values()),
                "What to do if the publication does not exist: all_tables (create it for all tables, also those to come;"
                        + " for the captured tables alone if the role is no superuser, or if PostgreSQL would then refuse"
                        + " updates of a table that has no replica identity and is not captured), filtered (create it for"
                        + " the captured tables and keep it so), no_tables (create it empty), disabled (fail). Captured"
                        + " tables that an existing publication lacks are left out with a warning, except with filtered,"
                        + " which adds them.");
        definition.optional(
                VIA_PARTITION_ROOT,
                Type.BOOLEAN,
                false,
                null,
                "Capture a partitioned table as one table instead of each partition as a table.");
        definition.optional(
                STATUS_INTERVAL,
                Type.INT,
                10_000,
                Range.atLeast(100),
                "Milliseconds between status updates to the server.");
        definition.optional(
                IDENTITIES,
                Type.STRING,
                null,
                ReplicationProperties::requireIdentities,
                "Replica identities that tables are given before capturing, as schema.table:DEFAULT, :FULL, :NOTHING or"
                        + " :INDEX name, separated by commas, the table as a regular expression. The role must own the"
                        + " tables.");
        definition.optional(
                XMIN_INTERVAL,
                Type.LONG,
                0L,
                Range.atLeast(0),
                "How often in milliseconds to fetch the slot's xmin for the source block; 0 for never.");
    }

    private static void requireIdentities(String name, @Nullable Object value) {
        try {
            ReplicaIdentities.parse((String) value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, e.getMessage());
        }
    }
}
