package dev.walbrook.postgres;

import java.time.Duration;
import java.util.List;
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
 * @param initialStatements what each new ordinary connection executes first
 * @param queryTimeout how long a small statement may take, such as one of the catalog; zero for any time
 */
public record ConnectionSettings(
        String host,
        int port,
        String database,
        String user,
        @Nullable String password,
        Map<String, String> properties,
        List<String> initialStatements,
        Duration queryTimeout) {

    /** Without statements of the user's own, and with all the time that statements need. */
    public ConnectionSettings(
            String host,
            int port,
            String database,
            String user,
            @Nullable String password,
            Map<String, String> properties) {
        this(host, port, database, user, password, properties, List.of(), Duration.ZERO);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return user + '@' + host + ':' + port + '/' + database;
    }
}
