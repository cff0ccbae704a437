package dev.walbrook.connect.sink.delivery;

import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.postgres.Sql;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The table of the target that holds what a consumer group has written: per partition the offset to go on from and the
 * epoch, which each task that takes the partition over raises by one. A task whose epoch is not the table's was replaced
 * and writes nothing.
 *
 * <p>No method ends a transaction.
 */
public final class OffsetsTable {

    /** Held while the table is made, so that two tasks do not make it at once: the letters WALBROOK, and one. */
    private static final long DDL_LOCK = 0x57414C42524F4F4CL;

    private final TableName name;
    private final String group;

    /**
     * What the table says of a partition.
     *
     * @param epoch the epoch of the task that has it
     * @param next the offset of the next record to be written; null if none was ever written
     * @param lastTimestamp the timestamp of the record before that one, in milliseconds; null if it had none
     */
    public record Entry(long epoch, @Nullable Long next, @Nullable Long lastTimestamp) {}

    /**
     * A step forward of one partition.
     *
     * @param epoch the writing task's
     * @param before what the table must hold now; null for nothing yet
     * @param next what it holds then
     * @param lastTimestamp the timestamp of the record before {@code next}, in milliseconds; null if it has none
     */
    public record Advance(
            TopicPartition partition, long epoch, @Nullable Long before, long next, @Nullable Long lastTimestamp) {}

    /** @param group the consumer group's name, which the rows carry: connectors may share the table */
    public OffsetsTable(TableName name, String group) {
        this.name = name;
        this.group = group;
    }

    public TableName name() {
        return name;
    }

    /** The statement that makes the table; nothing happens where it exists. */
    public String ddl() {
        // Room on each page lets every update stay on it, so that the table does not grow.
        return """
                CREATE TABLE IF NOT EXISTS %s (
                  consumer_group text NOT NULL, topic text NOT NULL, partition integer NOT NULL,
                  epoch bigint NOT NULL, next_offset bigint, last_timestamp bigint,
                  stored_at timestamptz NOT NULL DEFAULT now(),
                  PRIMARY KEY (consumer_group, topic, partition)) WITH (fillfactor = 50)"""
                .formatted(name.toSql());
    }

    /** Makes the table if it is not there. */
    public void create(Connection connection) throws SQLException {
        if (exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_catalog.pg_advisory_xact_lock(" + DDL_LOCK + ")");
            if (name.schema() != null && !schemaExists(connection, name.schema())) {
                statement.execute("CREATE SCHEMA " + Sql.identifier(name.schema()));
            }
            statement.execute(ddl());
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            query.setString(1, name.toSql());
            return isTrue(query);
        }
    }

    private static boolean schemaExists(Connection connection, String schema) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?)")) {
            query.setString(1, schema);
            return isTrue(query);
        }
    }

    private static boolean isTrue(PreparedStatement query) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            return row.next() && row.getBoolean(1);
        }
    }

    /** Takes the partitions over from whichever task had them, which from then on writes nothing of them. */
    public Map<TopicPartition, Entry> claim(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        String sql =
                """
                INSERT INTO %s AS o (consumer_group, topic, partition, epoch) VALUES (?, ?, ?, 1)
                ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET epoch = o.epoch + 1
                RETURNING epoch, next_offset, last_timestamp"""
                        .formatted(name.toSql());
        Map<TopicPartition, Entry> entries = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (TopicPartition partition : inLockOrder(partitions)) {
                bind(statement, partition);
                try (ResultSet row = statement.executeQuery()) {
                    row.next();
                    entries.put(partition, entry(row));
                }
            }
        }
        return entries;
    }

    /** What the table says of the partitions now; those it does not know are missing. */
    public Map<TopicPartition, Entry> read(Connection connection, Collection<TopicPartition> partitions)
            throws SQLException {
        String sql = "SELECT epoch, next_offset, last_timestamp FROM " + name.toSql()
                + " WHERE consumer_group = ? AND topic = ? AND partition = ?";
        Map<TopicPartition, Entry> entries = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (TopicPartition partition : partitions) {
                bind(statement, partition);
                try (ResultSet row = statement.executeQuery()) {
                    if (row.next()) {
                        entries.put(partition, entry(row));
                    }
                }
            }
        }
        return entries;
    }

    private void bind(PreparedStatement statement, TopicPartition partition) throws SQLException {
        statement.setString(1, group);
        statement.setString(2, partition.topic());
        statement.setInt(3, partition.partition());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getLong(1), number(row, 2), number(row, 3));
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    /**
     * Moves partitions forward. What the table does not hold as the caller believes is left as it is; the caller has to roll
     * back then. From here to the end of the transaction nobody else can move them.
     *
     * @return whether all were moved
     */
    public boolean advance(Connection connection, List<Advance> advances) throws SQLException {
        String sql =
                """
                UPDATE %s o SET next_offset = n.next, last_timestamp = n.last, stored_at = now()
                  FROM unnest(?::text[], ?::int[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
                    AS n (topic, partition, epoch, before, next, last)
                 WHERE o.consumer_group = ? AND o.topic = n.topic AND o.partition = n.partition
                   AND o.epoch = n.epoch AND o.next_offset IS NOT DISTINCT FROM n.before"""
                        .formatted(name.toSql());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setArray(1, array(connection, "text", advances, advance -> advance.partition()
                    .topic()));
            statement.setArray(2, array(connection, "int4", advances, advance -> advance.partition()
                    .partition()));
            statement.setArray(3, array(connection, "int8", advances, Advance::epoch));
            statement.setArray(4, array(connection, "int8", advances, Advance::before));
            statement.setArray(5, array(connection, "int8", advances, Advance::next));
            statement.setArray(6, array(connection, "int8", advances, Advance::lastTimestamp));
            statement.setString(7, group);
            return statement.executeUpdate() == advances.size();
        }
    }

    private static Array array(
            Connection connection, String type, List<Advance> advances, Function<Advance, @Nullable Object> value)
            throws SQLException {
        return connection.createArrayOf(type, advances.stream().map(value).toArray());
    }

    /** Forgets where the group is, for all partitions, and keeps tasks that still run from moving them. */
    public void forget(Connection connection) throws SQLException {
        String sql = "UPDATE " + name.toSql() + " SET epoch = epoch + 1, next_offset = NULL, last_timestamp = NULL,"
                + " stored_at = now() WHERE consumer_group = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, group);
            statement.executeUpdate();
        }
    }

    /**
     * Sets the offsets to go on from, and keeps tasks that still run from moving them.
     *
     * @param offsets by partition; null to forget the partition's, so that the consumer's own or its reset policy decides
     */
    public void alter(Connection connection, Map<TopicPartition, @Nullable Long> offsets) throws SQLException {
        String sql =
                """
                INSERT INTO %s AS o (consumer_group, topic, partition, epoch, next_offset) VALUES (?, ?, ?, 1, ?)
                ON CONFLICT (consumer_group, topic, partition)
                DO UPDATE SET epoch = o.epoch + 1, next_offset = EXCLUDED.next_offset, last_timestamp = NULL,
                              stored_at = now()"""
                        .formatted(name.toSql());
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (TopicPartition partition : inLockOrder(offsets.keySet())) {
                bind(statement, partition);
                statement.setObject(4, offsets.get(partition), Types.BIGINT);
                statement.executeUpdate();
            }
        }
    }

    /** Those who lock several rows do it in one order, so that they cannot wait for each other in a circle. */
    private static Collection<TopicPartition> inLockOrder(Collection<TopicPartition> partitions) {
        Map<String, TopicPartition> sorted = new TreeMap<>();
        partitions.forEach(partition -> sorted.put(Objects.toString(partition), partition));
        return sorted.values();
    }
}
