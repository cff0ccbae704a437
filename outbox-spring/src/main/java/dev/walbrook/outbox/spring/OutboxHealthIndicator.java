package dev.walbrook.outbox.spring;

import dev.walbrook.outbox.Outbox;
import dev.walbrook.outbox.TableOutbox;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Whether events can be appended, and if a replication slot is named, how far behind its reader is. A reader that is
 * behind does not make the service ill: its events are safe.
 */
final class OutboxHealthIndicator extends AbstractHealthIndicator {

    private final JdbcTemplate jdbc;
    private final Outbox outbox;
    private final @Nullable String slot;

    OutboxHealthIndicator(DataSource dataSource, Outbox outbox, @Nullable String slot) {
        super("The outbox cannot be checked");
        this.jdbc = new JdbcTemplate(dataSource);
        this.outbox = outbox;
        this.slot = slot;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up().withDetail("outbox", outbox.toString());
        String level = jdbc.queryForObject("SELECT current_setting('wal_level')", String.class);
        if (!"logical".equals(level)) {
            builder.down()
                    .withDetail("problem", "wal_level is " + level + ", so no connector can read the events")
                    .withDetail("cure", "ALTER SYSTEM SET wal_level = logical, then restart PostgreSQL");
        }
        if (outbox instanceof TableOutbox table) {
            checkTable(builder, table.table().qualifiedName());
        }
        if (slot != null) {
            builder.withDetail("slot", slot(slot));
        }
    }

    private void checkTable(Health.Builder builder, String table) {
        // to_regclass is null for a table that is not there, and so is the answer then.
        Boolean permitted =
                jdbc.queryForObject("SELECT has_table_privilege(to_regclass(?)::oid, 'INSERT')", Boolean.class, table);
        if (permitted == null) {
            builder.down()
                    .withDetail("problem", "there is no table " + table)
                    .withDetail("cure", "add OutboxTable.migration() to the service's migrations");
        } else if (!permitted) {
            builder.down()
                    .withDetail("problem", "the service's user may not insert into " + table)
                    .withDetail("cure", "GRANT INSERT ON " + table + " TO the service's user");
        }
    }

    private Object slot(String name) {
        List<Map<String, Object>> rows = jdbc.queryForList(
                """
                SELECT active, pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)::bigint AS "bytesBehind"
                FROM pg_replication_slots WHERE slot_name = ?""",
                name);
        return rows.isEmpty() ? "there is no replication slot " + name : rows.get(0);
    }
}
