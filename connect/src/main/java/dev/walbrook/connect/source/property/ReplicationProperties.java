package dev.walbrook.connect.source.property;

import dev.walbrook.capture.PublicationMode;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

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
        definition.optional(PUBLICATION, Type.STRING, "dbz_publication", null, "Publication to read.");
        definition.choice(
                PUBLICATION_MODE,
                "filtered",
                Definition.names(PublicationMode.values()),
                "What to do if the publication does not exist: disabled (fail), filtered (create it for the captured"
                        + " tables and keep it so), all_tables (needs a superuser), no_tables. Debezium's default is"
                        + " all_tables; filtered needs no superuser and leaves other tables alone.");
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
    }
}
