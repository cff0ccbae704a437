package dev.walbrook.capture;

import dev.walbrook.postgres.ConnectionSettings;
import java.time.Duration;

/**
 * What to capture, from where, and how.
 *
 * @param name the connector's name, for logs and {@code application_name}
 * @param connection the database
 * @param slot the replication slot
 * @param failoverSlot whether a slot created here is synchronised to standbys (PostgreSQL 17)
 * @param dropSlotOnStop whether an orderly stop drops the slot
 * @param publication the publication
 * @param publicationMode how the publication comes to be
 * @param viaPartitionRoot whether a publication created here names partitioned tables instead of their partitions
 * @param tables which tables are captured
 * @param snapshot when and how the tables' contents are read, and whether changes are streamed
 * @param chunkEvents how many events are handed over at once at the most; positive
 * @param handOverBytes how many bytes of events may wait between PostgreSQL and Kafka
 * @param position how the position in the WAL is kept
 * @param statusInterval how often the server hears of the position
 * @param slotRetries how often, times {@code slotRetryDelay}, to bear that another process reads the slot
 * @param slotRetryDelay the longest pause between two attempts at that
 * @param maxRetries how many outages in a row to bear; -1 for any number
 * @param maxRetryDelay the longest pause between two attempts
 * @param details what most captures leave as it is
 */
public record CaptureSettings(
        String name,
        ConnectionSettings connection,
        String slot,
        boolean failoverSlot,
        boolean dropSlotOnStop,
        String publication,
        PublicationMode publicationMode,
        boolean viaPartitionRoot,
        TableFilter tables,
        SnapshotSettings snapshot,
        int chunkEvents,
        long handOverBytes,
        PositionSettings position,
        Duration statusInterval,
        int slotRetries,
        Duration slotRetryDelay,
        int maxRetries,
        Duration maxRetryDelay,
        CaptureDetails details) {

    /** How the session that reads the slot shows in {@code pg_stat_activity}. */
    public String applicationName() {
        return "walbrook " + name;
    }
}
