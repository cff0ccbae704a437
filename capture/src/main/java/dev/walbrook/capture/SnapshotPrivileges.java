package dev.walbrook.capture;

import dev.walbrook.capture.preflight.TableChecks;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.error.WalbrookException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds every table that may not be read before the first is, instead of one after hours of reading others. */
final class SnapshotPrivileges {

    private static final Logger log = LoggerFactory.getLogger(SnapshotPrivileges.class);

    private static final String ASK =
            """
            SELECT pg_catalog.has_schema_privilege(c.relnamespace, 'USAGE') AND (
                     pg_catalog.has_table_privilege(c.oid, 'SELECT') OR NOT EXISTS (
                       SELECT FROM pg_catalog.pg_attribute a
                       WHERE a.attrelid = c.oid AND a.attname = ANY (?)
                         AND NOT pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'))),
                   pg_catalog.row_security_active(c.oid)
            FROM pg_catalog.pg_class c WHERE c.oid = ?::oid
            """;

    private final CaptureSettings settings;
    private final Connection connection;
    private final List<TableId> unreadable = new ArrayList<>();

    SnapshotPrivileges(CaptureSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
    }

    /** Remembers the table if not all its columns may be read; warns if some of its rows may be hidden. */
    void require(TableSchema table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ASK)) {
            Object[] names = table.columns().stream().map(CapturedColumn::name).toArray();
            Array columns = connection.createArrayOf("name", names);
            statement.setArray(1, columns);
            statement.setLong(2, Integer.toUnsignedLong(table.relationOid()));
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return;
                }
                if (!row.getBoolean(1)) {
                    unreadable.add(table.id());
                }
                if (row.getBoolean(2)) {
                    log.warn(
                            "connector={} table={} has row-level security, which hides rows from the snapshot but not from"
                                    + " the stream: run ALTER ROLE {} BYPASSRLS; unless its policies show this user all"
                                    + " rows",
                            settings.name(),
                            table.id(),
                            Sql.identifier(settings.connection().user()));
                }
            }
        }
    }

    /** @throws WalbrookException if a table was found that may not be read */
    void check() {
        if (unreadable.isEmpty()) {
            return;
        }
        throw TableChecks.unreadable(settings, unreadable);
    }
}
