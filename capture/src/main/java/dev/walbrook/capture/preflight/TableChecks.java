package dev.walbrook.capture.preflight;

import dev.walbrook.capture.CaptureFacts;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.capture.SnapshotPolicy;
import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Catalog;
import dev.walbrook.postgres.catalog.Privileges;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which tables are captured, and whether they can be. */
public final class TableChecks {

    /** More names than this are no help in one message. */
    private static final int NAMES_SHOWN = 20;

    private TableChecks() {}

    /** The tables to capture as the catalog has them now, in the order of their names. */
    public static List<Table> captured(CaptureSettings settings, Catalog catalog) {
        List<TableId> matching =
                catalog.tables().stream().filter(settings.tables()::matches).toList();
        List<Table> captured = new ArrayList<>();
        for (Table table : catalog.tables(matching)) {
            boolean publishedAsItself = settings.viaPartitionRoot() ? !table.partition() : !table.partitioned();
            if (publishedAsItself) {
                captured.add(table);
            }
        }
        captured.sort((one, other) -> one.id().compareTo(other.id()));
        return captured;
    }

    /** Whether there is a table to capture; if not, the finding lists those there are. */
    public static List<Finding> any(CaptureSettings settings, List<Table> captured, Catalog catalog) {
        if (!captured.isEmpty()) {
            return List.of();
        }
        return List.of(Finding.error(
                Subject.TABLES,
                ErrorKind.NOTHING_TO_CAPTURE,
                "no table of database " + settings.connection().database() + " matches the connector's filters",
                CaptureFacts.of(
                        settings,
                        "tables",
                        names(catalog.tables().stream().map(TableId::toString).toList()))));
    }

    /** Tables whose updates and deletes PostgreSQL refuses once they are published, because no row has a name. */
    public static List<Finding> identity(CaptureSettings settings, List<Table> captured) {
        List<Finding> findings = new ArrayList<>();
        for (Table table : captured) {
            boolean keyed = !table.primaryKey().isEmpty();
            Map<String, String> facts =
                    CaptureFacts.of(settings, "table", table.id().toSql());
            if (table.replicaIdentity() == 'n' && !keyed) {
                findings.add(Finding.error(
                        Subject.TABLES,
                        ErrorKind.TABLE_WITHOUT_IDENTITY,
                        "table " + table.id() + " has no primary key and REPLICA IDENTITY NOTHING: PostgreSQL refuses "
                                + "its updates and deletes once it is published",
                        facts));
            } else if (withoutIdentity(table, keyed)) {
                findings.add(Finding.warning(
                        Subject.TABLES,
                        ErrorKind.TABLE_WITHOUT_IDENTITY,
                        "table " + table.id() + " has no replica identity: only its inserts are captured, and "
                                + "PostgreSQL refuses its updates and deletes while it is published",
                        facts));
            }
        }
        return findings;
    }

    /** Whether PostgreSQL refuses updates and deletes of the table once it is published. */
    public static boolean losesUpdatesIfPublished(Table table) {
        return !table.partitioned()
                && withoutIdentity(table, !table.primaryKey().isEmpty());
    }

    private static boolean withoutIdentity(Table table, boolean keyed) {
        return switch (table.replicaIdentity()) {
            case 'n' -> true;
            case 'd' -> !keyed;
            // The index that was named has been dropped since.
            case 'i' -> table.identityIndex().isEmpty();
            default -> false;
        };
    }

    /** Whether the role may read what a snapshot reads, and sees all of it. */
    static List<Finding> readable(CaptureSettings settings, List<Table> captured, Privileges privileges) {
        if (settings.snapshot().policy().reads() == SnapshotPolicy.Reads.NEVER || captured.isEmpty()) {
            return List.of();
        }
        List<TableId> ids = captured.stream()
                .map(Table::id)
                .filter(settings.snapshot()::readsWhole)
                .toList();
        List<Finding> findings = new ArrayList<>();
        Set<TableId> unreadable = privileges.unreadable(ids);
        if (!unreadable.isEmpty()) {
            findings.add(Finding.error(Subject.TABLES, unreadable(settings, unreadable)));
        }
        Set<TableId> restricted = privileges.underRowSecurity(ids);
        if (!restricted.isEmpty()) {
            findings.add(Finding.warning(
                    Subject.TABLES,
                    ErrorKind.CONFIGURATION,
                    "row-level security may hide rows of " + sqlList(restricted) + " from the snapshot, while their "
                            + "changes are captured all the same; ALTER ROLE "
                            + Sql.identifier(settings.connection().user()) + " WITH BYPASSRLS; lifts it",
                    CaptureFacts.of(settings)));
        }
        return findings;
    }

    /** The failure that tables cannot be read, with the grants that cure it. */
    public static WalbrookException unreadable(CaptureSettings settings, Collection<TableId> tables) {
        Map<String, String> facts = CaptureFacts.of(settings, "tables", sqlList(tables));
        facts.put(
                "schemas",
                tables.stream()
                        .map(table -> Sql.identifier(table.schema()))
                        .distinct()
                        .collect(Collectors.joining(", ")));
        return new WalbrookException(
                ErrorKind.TABLE_UNREADABLE,
                "user " + settings.connection().user() + " may not read "
                        + names(tables.stream().map(TableId::toString).toList()),
                facts);
    }

    public static String sqlList(Collection<TableId> tables) {
        return tables.stream().map(TableId::toSql).collect(Collectors.joining(", "));
    }

    /** The first of the names, and how many more there are. */
    static String names(List<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        int more = names.size() - NAMES_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
