package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.error.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many of the server's slots are taken, and who reads one, over an ordinary connection. Not thread safe. */
public final class SlotUse {

    private final Connection connection;

    /** @param connection stays the caller's to close */
    public SlotUse(Connection connection) {
        this.connection = connection;
    }

    /**
     * The server's room for slots.
     *
     * @param taken the slots there are, of all databases
     * @param limit {@code max_replication_slots}
     */
    public record Room(int taken, int limit) {

        public boolean full() {
            return taken >= limit;
        }
    }

    /** How much room for slots there is. */
    public Room room() {
        String sql = "SELECT (SELECT pg_catalog.count(*) FROM pg_catalog.pg_replication_slots),"
                + " pg_catalog.current_setting('max_replication_slots')::int";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Room(row.getInt(1), row.getInt(2));
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot count the slots", null, Map.of());
        }
    }

    /**
     * The application name of a session.
     *
     * @param pid its process, as {@link SlotState#activePid} tells
     * @return null if the session is gone or this role may not see it, empty if it gave no name
     */
    public @Nullable String applicationName(int pid) {
        String sql = "SELECT application_name FROM pg_catalog.pg_stat_activity WHERE pid = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setInt(1, pid);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot see who reads the slot", null, Map.of());
        }
    }
}
