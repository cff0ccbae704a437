package dev.walbrook.capture;

import dev.walbrook.capture.preflight.Finding;
import dev.walbrook.capture.preflight.PublicationChecks;
import dev.walbrook.capture.preflight.ServerChecks;
import dev.walbrook.capture.preflight.SlotChecks;
import dev.walbrook.capture.preflight.TableChecks;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Catalog;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.Publication;
import dev.walbrook.postgres.replication.Publications;
import dev.walbrook.postgres.replication.ReplicationSlots;
import dev.walbrook.postgres.replication.SlotState;
import java.sql.Connection;
import java.util.List;
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
        require(ServerChecks.logicalWal(settings, catalog.server()));
    }

    /** The tables to capture, with the replica identity they are to have, in the order of their names. */
    List<Table> capturedTables() {
        List<Table> tables = TableChecks.captured(settings, catalog);
        ReplicaIdentities identities = settings.details().identities();
        if (identities.isEmpty() || standby()) {
            return tables;
        }
        boolean altered = false;
        for (Table table : tables) {
            altered |= identities.apply(connection, table, settings.name());
        }
        return altered ? TableChecks.captured(settings, catalog) : tables;
    }

    /** Fails if there is nothing to capture; warns of tables whose updates PostgreSQL will refuse. */
    void requireUsable(List<Table> tables) {
        require(TableChecks.any(settings, tables, catalog));
        requireWithinLimit(tables.size());
        require(TableChecks.identity(settings, tables));
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
            throw new WalbrookException(ErrorKind.CONFIGURATION, problem, CaptureFacts.of(settings));
        }
        log.warn("connector={} {}", settings.name(), problem);
    }

    /**
     * Sees to it that the publication exists and holds the captured tables.
     *
     * @return those of the tables whose changes will come; a publication that is not ours to change may hold fewer
     */
    List<Table> preparePublication(List<Table> tables) {
        Publications publications = new Publications(connection);
        Set<TableId> captured = tables.stream().map(Table::id).collect(Collectors.toCollection(TreeSet::new));
        Publication publication = publications.find(settings.publication());
        switch (standby() ? PublicationMode.DISABLED : settings.publicationMode()) {
            case DISABLED -> require(PublicationChecks.exists(settings, publication, captured));
            case ALL_TABLES -> {
                if (publication == null) {
                    createForAllTables(publications, captured);
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
                    alterPublication(publications, captured);
                }
            }
        }
        Publication prepared = publications.find(settings.publication());
        require(PublicationChecks.complete(settings, prepared, captured));
        if (prepared == null || settings.publicationMode() == PublicationMode.NO_TABLES) {
            return tables;
        }
        // Rows whose changes never come would go stale without anybody noticing, so they are not captured at all.
        return tables.stream()
                .filter(table -> prepared.tables().contains(table.id()))
                .toList();
    }

    /** Unless that takes rights this role lacks, or takes updates away from tables that are no business of ours. */
    private void createForAllTables(Publications publications, Set<TableId> captured) {
        List<TableId> others = catalog.tables().stream()
                .filter(table -> !captured.contains(table))
                .toList();
        List<TableId> harmed = catalog.tables(others).stream()
                .filter(TableChecks::losesUpdatesIfPublished)
                .map(Table::id)
                .toList();
        if (!harmed.isEmpty()) {
            createForCaptured(
                    publications, captured, "PostgreSQL would refuse updates of " + TableChecks.sqlList(harmed));
            return;
        }
        try {
            publications.createForAllTables(settings.publication(), settings.viaPartitionRoot());
        } catch (WalbrookException e) {
            if (e.kind() != ErrorKind.PUBLICATION_MISSING) {
                throw e;
            }
            createForCaptured(publications, captured, "that takes a superuser");
        }
    }

    private void createForCaptured(Publications publications, Set<TableId> captured, String why) {
        log.warn(
                "connector={} slot={} creates publication {} for the captured tables and not for all tables: {}",
                settings.name(),
                settings.slot(),
                settings.publication(),
                why);
        publications.create(settings.publication(), captured, settings.viaPartitionRoot());
    }

    /** Tables that only come in addition cost some WAL traffic but do no harm. */
    private void alterPublication(Publications publications, Set<TableId> captured) {
        try {
            publications.setTables(settings.publication(), captured);
        } catch (WalbrookException e) {
            if (e.kind() != ErrorKind.PRIVILEGE_MISSING) {
                throw e;
            }
            log.warn(
                    "connector={} slot={} leaves publication {} with more tables than are captured: {}",
                    settings.name(),
                    settings.slot(),
                    settings.publication(),
                    e.problem());
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
        require(SlotChecks.readable(settings, slot));
        return slot;
    }

    Catalog catalog() {
        return catalog;
    }

    private void require(List<Finding> findings) {
        Finding.require(findings, warning -> log.warn("connector={} {}", settings.name(), warning));
    }
}
