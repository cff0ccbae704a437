package dev.walbrook.benchmarks.workload;

import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.server.Servers;
import dev.walbrook.local.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of the target for one run, with the dataset's table as it was before the changes, which somebody is to apply to it. */
public final class TargetDatabase implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final PreparedDataset data;
    private final PostgresServer server;
    private final String name = "target_" + COUNT.incrementAndGet();
    private final Connection connection;

    private TargetDatabase(PreparedDataset data) throws SQLException {
        this.data = data;
        this.server = data.servers().target();
        Servers.execute(server, "postgres", List.of("CREATE DATABASE " + name));
        Servers.execute(server, name, data.dataset().targetSetUp());
        this.connection = server.open(name);
    }

    public static TargetDatabase create(PreparedDataset data) throws SQLException {
        return new TargetDatabase(data);
    }

    public String name() {
        return name;
    }

    /** The process of the session with which this class looks at the table. */
    public long onlooker() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whether so many changes have been applied. */
    public boolean has(long events) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT " + data.dataset().reached(events));
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** What is there now. */
    public Content content() throws SQLException {
        return content(connection);
    }

    /** The table's rows: how many, how large, and a sum over a hash of the text of each. */
    static Content content(Connection connection) throws SQLException {
        String sql =
                """
                SELECT count(*), coalesce(sum(length(t::text)), 0),
                       mod(coalesce(sum(hashtextextended(t::text, 0)::numeric), 0), 9223372036854775807)::bigint
                  FROM public.orders t""";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new Content(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    /** Drops it. */
    @Override
    public void close() throws SQLException {
        connection.close();
        Servers.execute(server, "postgres", List.of("DROP DATABASE " + name + " WITH (FORCE)"));
    }
}
