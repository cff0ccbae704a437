package dev.walbrook.connect.source;

import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The oldest transaction whose catalog rows the slot keeps, fetched again when what is known is too old. A failure is told
 * in the log, and what was known before stays. Not thread safe.
 */
final class SlotXmin implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(SlotXmin.class);

    private final SideConnection connection;
    private final String query;
    private final long intervalNanos;
    private @Nullable Long known;
    private long fetched;
    private boolean ever;

    SlotXmin(SideConnection connection, String slot, Duration interval) {
        this.connection = connection;
        this.query = "SELECT catalog_xmin::text::bigint FROM pg_catalog.pg_replication_slots WHERE slot_name = "
                + Sql.literal(slot);
        this.intervalNanos = interval.toNanos();
    }

    /** The value, at most the interval old as far as the server answers; null if there is none. */
    @Nullable
    Long current() {
        long now = System.nanoTime();
        if (!ever || now - fetched >= intervalNanos) {
            try {
                long value = connection.run(this::fetch);
                known = value == 0 ? null : value;
            } catch (SQLException | WalbrookException e) {
                log.warn("the slot's xmin could not be fetched: {}", e.getMessage());
            }
            ever = true;
            fetched = System.nanoTime();
        }
        return known;
    }

    private Long fetch(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
