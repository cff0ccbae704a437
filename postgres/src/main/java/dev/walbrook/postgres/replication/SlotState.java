package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.Lsn;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot as {@code pg_replication_slots} shows it now.
 *
 * @param name its name
 * @param plugin the output plugin; null for a physical slot
 * @param type {@code logical} or {@code physical}
 * @param database the database; null for a physical slot
 * @param temporary whether it goes with its session
 * @param active whether a process reads it
 * @param activePid that process; null without one
 * @param restartLsn the oldest WAL it holds back; null if it holds back none, as after it was invalidated
 * @param confirmedFlushLsn up to where its reader has confirmed; null for a physical slot
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; null if it holds back no WAL
 * @param invalidationReason why it can no longer be read, such as {@code wal_removed}; null while it can. PostgreSQL 15
 *     knows only lost WAL, 16 conflicts with recovery too, 17 and later name every reason
 * @param safeWalSize how many bytes may be written before it is in danger of being lost; null if there is no limit
 */
public record SlotState(
        String name,
        @Nullable String plugin,
        String type,
        @Nullable String database,
        boolean temporary,
        boolean active,
        @Nullable Integer activePid,
        @Nullable Lsn restartLsn,
        @Nullable Lsn confirmedFlushLsn,
        @Nullable String walStatus,
        @Nullable String invalidationReason,
        @Nullable Long safeWalSize) {

    /** Whether its changes can never be read again. */
    public boolean lost() {
        return invalidationReason != null;
    }

    /** Whether pgoutput writes this slot's changes in this database. */
    public boolean isPgoutputOf(String database) {
        return "pgoutput".equals(plugin) && database.equals(this.database);
    }
}
