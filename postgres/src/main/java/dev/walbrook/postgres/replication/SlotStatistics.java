package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.error.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL has counted for a slot since it was created, or since the statistics began if that was later: they do not
 * survive a crash.
 *
 * @param transactions how many transactions were decoded through it
 * @param reset whether somebody has set the slot's counts back
 * @param countedSince when the server's statistics began
 */
public record SlotStatistics(long transactions, boolean reset, Instant countedSince) {

    private static final String READ =
            """
            SELECT s.total_txns + s.stream_txns + s.spill_txns, s.stats_reset IS NOT NULL, w.stats_reset
            FROM pg_catalog.pg_stat_replication_slots s CROSS JOIN pg_catalog.pg_stat_wal w
            WHERE s.slot_name = ? AND w.stats_reset IS NOT NULL""";

    /**
     * @param connection an ordinary connection
     * @return null if the server has no statistics of such a slot
     */
    public static @Nullable SlotStatistics read(Connection connection, String slot) {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, slot);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                Timestamp since = row.getTimestamp(3);
                return new SlotStatistics(row.getLong(1), row.getBoolean(2), since.toInstant());
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot read the statistics of slot " + slot, null, Map.of("slot", slot));
        }
    }

    /** Whether certainly no transaction was decoded through this slot since the statistics began. */
    public boolean neverDecoded() {
        return transactions == 0 && !reset;
    }
}
