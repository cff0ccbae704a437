package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.error.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a slot costs its server, and how far its reader is behind.
 *
 * @param active whether a process reads it
 * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}; null if it holds back no WAL
 * @param retainedBytes the WAL it keeps from being removed; null if it keeps none
 * @param lagBytes the WAL its reader has not confirmed; null for a slot without a confirmed position
 * @param safeWalBytes the WAL that may be written before it is in danger of being lost; null if there is no limit
 * @param spillTransactions transactions that were written to the server's disk while they were decoded
 * @param spillCount how often that was done
 * @param spillBytes how many bytes of changes were written so
 * @param decodedTransactions transactions sent to the reader
 * @param decodedBytes bytes of changes decoded for the reader
 * @see <a href="https://www.postgresql.org/docs/current/monitoring-stats.html#MONITORING-PG-STAT-REPLICATION-SLOTS-VIEW">
 *     pg_stat_replication_slots</a>
 */
public record SlotCost(
        boolean active,
        @Nullable String walStatus,
        @Nullable Long retainedBytes,
        @Nullable Long lagBytes,
        @Nullable Long safeWalBytes,
        long spillTransactions,
        long spillCount,
        long spillBytes,
        long decodedTransactions,
        long decodedBytes) {

    private static final String READ =
            """
            SELECT s.active, s.wal_status,
                   pg_catalog.pg_wal_lsn_diff(w.lsn, s.restart_lsn)::int8,
                   pg_catalog.pg_wal_lsn_diff(w.lsn, s.confirmed_flush_lsn)::int8,
                   s.safe_wal_size, t.spill_txns, t.spill_count, t.spill_bytes, t.total_txns, t.total_bytes
            FROM pg_catalog.pg_replication_slots s
            LEFT JOIN pg_catalog.pg_stat_replication_slots t ON t.slot_name = s.slot_name
            CROSS JOIN (
              SELECT CASE WHEN pg_catalog.pg_is_in_recovery() THEN pg_catalog.pg_last_wal_replay_lsn()
                          ELSE pg_catalog.pg_current_wal_lsn() END AS lsn) w
            WHERE s.slot_name = ?
            """;

    /**
     * Reads them.
     *
     * @param connection an ordinary one
     * @return null if there is no such slot
     * @throws dev.walbrook.postgres.error.WalbrookException if the server cannot answer
     */
    public static @Nullable SlotCost read(Connection connection, String slot) {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                return new SlotCost(
                        row.getBoolean(1),
                        row.getString(2),
                        number(row, 3),
                        number(row, 4),
                        number(row, 5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10));
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot read what the slot costs: " + slot, null, Map.of("slot", slot));
        }
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : Long.valueOf(value);
    }
}
