package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at replication slots and drops them, over an ordinary connection. Not thread safe. */
public final class ReplicationSlots {

    /**
     * Through JSON, a column that this version of PostgreSQL does not have yet is null instead of an error:
     * {@code conflicting} came with 16, {@code invalidation_reason} with 17. 16 calls every invalidated slot conflicting,
     * but a conflict with recovery there can be only on a standby.
     */
    private static final String FIND =
            """
            SELECT s.plugin, s.slot_type, s.database, s.temporary, s.active, s.active_pid, s.restart_lsn,
                   s.confirmed_flush_lsn, s.wal_status,
                   coalesce(
                     j.slot ->> 'invalidation_reason',
                     CASE WHEN j.slot ->> 'conflicting' = 'true' AND pg_catalog.pg_is_in_recovery() THEN 'conflict'
                          WHEN s.wal_status = 'lost' THEN 'wal_removed' END),
                   s.safe_wal_size
            FROM pg_catalog.pg_replication_slots s
            CROSS JOIN LATERAL (SELECT pg_catalog.to_jsonb(s) AS slot) j
            WHERE s.slot_name = ?
            """;

    private final Connection connection;

    /** @param connection stays the caller's to close */
    public ReplicationSlots(Connection connection) {
        this.connection = connection;
    }

    /** The slot, also if it is physical or of another database; null if there is none of this name. */
    public @Nullable SlotState find(String name) {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? read(name, row) : null;
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot read the state of slot " + name, null, Map.of("slot", name));
        }
    }

    /**
     * Drops the slot; the WAL it held back may then be removed.
     *
     * @throws WalbrookException {@link ErrorKind#SLOT_MISSING}, {@link ErrorKind#SLOT_IN_USE} or
     *     {@link ErrorKind#REPLICATION_PRIVILEGE_MISSING}
     */
    public void drop(String name) {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.pg_drop_replication_slot(?)")) {
            statement.setString(1, name);
            statement.execute();
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot drop slot " + name, null, Map.of("slot", name));
        }
    }

    private static SlotState read(String name, ResultSet row) throws SQLException {
        int pid = row.getInt(6);
        Integer activePid = row.wasNull() ? null : Integer.valueOf(pid);
        long safe = row.getLong(11);
        Long safeWalSize = row.wasNull() ? null : Long.valueOf(safe);
        return new SlotState(
                name,
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                row.getBoolean(5),
                activePid,
                lsn(row.getString(7)),
                lsn(row.getString(8)),
                row.getString(9),
                row.getString(10),
                safeWalSize);
    }

    private static @Nullable Lsn lsn(@Nullable String text) {
        return text == null ? null : Lsn.parse(text);
    }
}
