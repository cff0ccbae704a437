package dev.walbrook.postgres;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and who asks.
 *
 * @param host the host name or address; pgjdbc's comma-separated list for several
 * @param port the port
 * @param database the database
 * @param user the role
 * @param password its password; null where the server does not ask for one or {@code .pgpass} has it
 * @param properties further pgjdbc properties, such as {@code sslmode}
 */
public record ConnectionSettings(
        String host,
        int port,
        String database,
        String user,
        @Nullable String password,
        Map<String, String> properties) {

    /** Everything but the password. */
    @Override
    public String toString() {
        return user + '@' + host + ':' + port + '/' + database;
    }
}
