package dev.walbrook.admin.pipeline;

import dev.walbrook.admin.database.DatabaseConnection;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** What the sink database knows of the pipeline that writes it. Not safe for use by several threads. */
public final class SinkDatabase implements AutoCloseable {

    private final Connection connection;

    private SinkDatabase(Connection connection) {
        this.connection = connection;
    }

    public static SinkDatabase open(ConnectionSettings settings) {
        return new SinkDatabase(DatabaseConnection.open(settings));
    }

    /**
     * Removes what the table of offsets says of a consumer group, whose topics are no more. The connector must not run.
     *
     * @param table the table, which need not be there
     * @return the number of partitions that the group had consumed of
     */
    public int forgetOffsets(String table, String group) throws SQLException {
        if (!exists(table)) {
            return 0;
        }
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + Sql.identifier(table) + " WHERE consumer_group = ?")) {
            delete.setString(1, group);
            return delete.executeUpdate();
        }
    }

    private boolean exists(String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, Sql.identifier(table));
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
