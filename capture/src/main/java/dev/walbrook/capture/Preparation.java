package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Catalog;
import dev.walbrook.postgres.catalog.ServerInfo;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.Publication;
import dev.walbrook.postgres.replication.Publications;
import dev.walbrook.postgres.replication.ReplicationSlots;
import dev.walbrook.postgres.replication.SlotState;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that must be right before the first change is read: the server's settings, the captured tables, the
 * publication, the slot. Each thing that is wrong ends in one {@link WalbrookException} with its cure.
 */
final class Preparation {

    private static final Logger log = LoggerFactory.getLogger(Preparation.class);

    private final CaptureSettings settings;
    private final Connection connection;
    private final Catalog catalog;

    Preparation(CaptureSettings settings, Connection connection) {
        this.settings = settings;
        this.connection = connection;
        this.catalog = new Catalog(connection);
    }

    void requireLogicalWal() {
        ServerInfo server = catalog.server();
        if (!server.walLevel().equals("logical")) {
            throw new WalbrookException(
                    ErrorKind.WAL_LEVEL_NOT_LOGICAL,
                    "the server's wal_level is '" + server.walLevel() + "', so it cannot decode changes",
                    facts());
        }
    }

    /** The tables to capture, with the replica identity they are to have, in the order of their names. */
    List<Table> capturedTables() {
        List<Table> tables = readTables();
        ReplicaIdentities identities = settings.details().identities();
        if (identities.isEmpty() || standby()) {
            return tables;
        }
        boolean altered = false;
        for (Table table : tables) {
            altered |= identities.apply(connection, table, settings.name());
        }
        return altered ? readTables() : tables;
    }

    private List<Table> readTables() {
        List<TableId> all = catalog.tables();
        List<TableId> matching = all.stream().filter(settings.tables()::matches).toList();
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

    /** Fails if there is nothing to capture; warns of tables whose updates PostgreSQL will refuse. */
    void requireUsable(List<Table> tables) {
        if (tables.isEmpty()) {
            String names =
                    catalog.tables().stream().limit(20).map(TableId::toString).collect(Collectors.joining(", "));
            throw new WalbrookException(
                    ErrorKind.NOTHING_TO_CAPTURE,
                    "no table of database " + settings.connection().database() + " matches the connector's filters",
                    facts("tables", names.isEmpty() ? "none" : names));
        }
        requireWithinLimit(tables.size());
        for (Table table : tables) {
            boolean keyed = !table.primaryKey().isEmpty();
            if (table.replicaIdentity() == 'n' && !keyed) {
                throw new WalbrookException(
                        ErrorKind.TABLE_WITHOUT_IDENTITY,
                        "table " + table.id() + " has no primary key and REPLICA IDENTITY NOTHING: PostgreSQL refuses "
                                + "its updates and deletes once it is published",
                        facts("table", table.id().toSql()));
            }
            if (table.replicaIdentity() == 'n' || table.replicaIdentity() == 'd' && !keyed) {
                log.warn(
                        "connector={} table={} has no replica identity: only its inserts are captured, and PostgreSQL "
                                + "refuses its updates and deletes while it is published. Give it a primary key, or run "
                                + "ALTER TABLE {} REPLICA IDENTITY FULL;",
                        settings.name(),
                        table.id(),
                        table.id().toSql());
            }
        }
    }

    private boolean standby() {
        return catalog.server().inRecovery();
    }

    private void requireWithinLimit(int tables) {
        int limit = settings.details().maxTables();
        if (limit == 0 || tables <= limit) {
            return;
        }
        String problem =
                tables + " tables match the connector's filters, and guardrail.collections.max allows " + limit;
        if (settings.details().failBeyondMaxTables()) {
            throw new WalbrookException(ErrorKind.CONFIGURATION, problem, facts());
        }
        log.warn("connector={} {}", settings.name(), problem);
    }

    /** Sees to it that the publication exists and holds the captured tables. */
    void preparePublication(List<Table> tables) {
        Publications publications = new Publications(connection);
        Set<TableId> captured = tables.stream().map(Table::id).collect(Collectors.toCollection(TreeSet::new));
        Publication publication = publications.find(settings.publication());
        switch (standby() ? PublicationMode.DISABLED : settings.publicationMode()) {
            case DISABLED -> {
                if (publication == null) {
                    throw new WalbrookException(
                            ErrorKind.PUBLICATION_MISSING,
                            "publication " + settings.publication() + " does not exist, and "
                                    + (standby()
                                            ? "a standby cannot create it"
                                            : "publication.autocreate.mode is disabled"),
                            facts("tables", sqlList(captured)));
                }
            }
            case ALL_TABLES -> {
                if (publication == null) {
                    publications.createForAllTables(settings.publication(), settings.viaPartitionRoot());
                }
            }
            case NO_TABLES -> {
                if (publication == null) {
                    publications.createEmpty(settings.publication(), settings.viaPartitionRoot());
                }
            }
            case FILTERED -> {
                if (publication == null) {
                    publications.create(settings.publication(), captured, settings.viaPartitionRoot());
                } else if (!publication.allTables() && !publication.tables().equals(captured)) {
                    publications.setTables(settings.publication(), captured);
                }
            }
        }
        if (settings.publicationMode() != PublicationMode.NO_TABLES) {
            requirePublished(publications, captured);
        }
    }

    private void requirePublished(Publications publications, Set<TableId> captured) {
        Publication publication = publications.find(settings.publication());
        Set<TableId> missing = new TreeSet<>(captured);
        if (publication != null) {
            missing.removeAll(publication.tables());
        }
        if (!missing.isEmpty()) {
            throw new WalbrookException(
                    ErrorKind.PUBLICATION_INCOMPLETE,
                    "publication " + settings.publication() + " does not contain " + sqlList(missing)
                            + ", which the connector's filters ask for",
                    facts("tables", sqlList(missing)));
        }
    }

    /**
     * The slot's state if it exists and can be used.
     *
     * @return null if there is no such slot
     */
    @Nullable
    SlotState usableSlot() {
        SlotState slot = new ReplicationSlots(connection).find(settings.slot());
        if (slot == null) {
            return null;
        }
        if (!slot.isPgoutputOf(settings.connection().database())) {
            throw new WalbrookException(
                    ErrorKind.SLOT_WRONG,
                    "slot " + settings.slot() + " belongs to plugin " + slot.plugin() + " and database "
                            + slot.database() + ", not to pgoutput and "
                            + settings.connection().database(),
                    facts());
        }
        if (slot.lost()) {
            throw new WalbrookException(
                    ErrorKind.SLOT_LOST,
                    "slot " + settings.slot() + " was invalidated by the server: the WAL it needs is gone",
                    facts());
        }
        return slot;
    }

    Catalog catalog() {
        return catalog;
    }

    private Map<String, String> facts() {
        return CaptureFacts.of(settings);
    }

    private Map<String, String> facts(String name, String value) {
        return CaptureFacts.of(settings, name, value);
    }

    private static String sqlList(Set<TableId> tables) {
        return tables.stream().map(TableId::toSql).collect(Collectors.joining(", "));
    }
}
