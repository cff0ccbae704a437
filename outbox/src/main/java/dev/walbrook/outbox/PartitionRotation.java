package dev.walbrook.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps an outbox table that is partitioned by day small: makes the partitions of the coming days and drops those of the
 * past, which costs nothing, unlike deleting rows.
 *
 * <p>Run it at least once in {@code daysAhead} days, from as many services as you like. Dropping a partition loses no
 * event that the connector has not read yet: it reads the write-ahead log. The publication must have
 * {@code publish_via_partition_root} (the connector's {@code publish.via.partition.root}).
 */
public final class PartitionRotation {

    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("uuuuMMdd");
    private static final Pattern SUFFIX_PATTERN = Pattern.compile("_(\\d{8})");

    private final OutboxTable table;
    private final String dayColumn;
    private final int daysKept;
    private final int daysAhead;

    /**
     * @param table a table {@link OutboxTable#partitionedByDay()}
     * @param daysKept how many whole days before today stay; 0 keeps only today's
     * @param daysAhead how many days after today get a partition in advance, at least 1
     */
    public PartitionRotation(OutboxTable table, int daysKept, int daysAhead) {
        String column = table.dayColumn();
        if (column == null) {
            throw new IllegalArgumentException("The table " + table.qualifiedName()
                    + " is not partitioned: create it from OutboxTable.partitionedByDay()");
        }
        if (daysKept < 0 || daysAhead < 1) {
            throw new IllegalArgumentException("At least 0 days are kept and at least 1 day is made in advance");
        }
        this.table = table;
        this.dayColumn = column;
        this.daysKept = daysKept;
        this.daysAhead = daysAhead;
    }

    /**
     * Makes and drops partitions in the connection's transaction. It waits at most five seconds for the table's lock and
     * fails then, so that it never stops the service behind a long transaction; try again later.
     *
     * @param today in UTC
     * @throws IllegalStateException if the connection commits every statement by itself
     */
    public void run(Connection connection, LocalDate today) throws SQLException {
        Transactions.require(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '5s'");
            // Two services that rotate at once do so one after the other.
            statement.execute("LOCK TABLE " + table.qualifiedName() + " IN SHARE UPDATE EXCLUSIVE MODE");
            List<LocalDate> present = days(connection);
            for (LocalDate day = today; !day.isAfter(today.plusDays(daysAhead)); day = day.plusDays(1)) {
                if (!present.contains(day)) {
                    create(statement, day);
                }
            }
            for (LocalDate day : present) {
                if (day.isBefore(today.minusDays(daysKept))) {
                    statement.execute("DROP TABLE " + partition(day));
                }
            }
        }
    }

    /** Attaching takes a weaker lock than creating in place, so events can be appended meanwhile. */
    private void create(Statement statement, LocalDate day) throws SQLException {
        statement.execute("CREATE TABLE " + partition(day) + " (LIKE " + table.qualifiedName() + " INCLUDING ALL)");
        statement.execute("ALTER TABLE " + table.qualifiedName() + " ATTACH PARTITION " + partition(day)
                + " FOR VALUES FROM ('" + day + "') TO ('" + day.plusDays(1) + "')");
    }

    private List<LocalDate> days(Connection connection) throws SQLException {
        String sql = "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                + " WHERE i.inhparent = ?::regclass ORDER BY 1";
        List<LocalDate> days = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, table.qualifiedName());
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    String name = rows.getString(1);
                    Matcher suffix = SUFFIX_PATTERN.matcher(name);
                    if (name.startsWith(table.name())
                            && suffix.region(table.name().length(), name.length())
                                    .matches()) {
                        days.add(LocalDate.parse(suffix.group(1), SUFFIX));
                    }
                }
            }
        }
        return days;
    }

    private String partition(LocalDate day) {
        return table.qualified(table.name() + "_" + SUFFIX.format(day));
    }

    @Override
    public String toString() {
        return "rotation of " + table.qualifiedName() + " by " + dayColumn;
    }
}
