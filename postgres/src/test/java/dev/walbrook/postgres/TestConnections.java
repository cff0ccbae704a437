package dev.walbrook.postgres;

import dev.walbrook.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Our own way to the testkit's databases. */
public final class TestConnections {

    private TestConnections() {}

    /** How the superuser connects. */
    public static ConnectionSettings settings(TestDatabase database) {
        return settings(database, database.user(), database.password());
    }

    public static ConnectionSettings settings(TestDatabase database, String user, String password) {
        return new ConnectionSettings(database.host(), database.port(), database.name(), user, password, Map.of());
    }

    /** The only value of the only row in this very session, as text. */
    public static String ask(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
