package dev.walbrook.capture.preflight;

import dev.walbrook.capture.CaptureFacts;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.capture.PublicationMode;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Privileges;
import dev.walbrook.postgres.catalog.ServerInfo;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.replication.Publication;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the publication holds what is captured, or can be made to. */
public final class PublicationChecks {

    private PublicationChecks() {}

    /** The finding that a publication nobody may create does not exist. */
    public static List<Finding> exists(
            CaptureSettings settings, @Nullable Publication publication, Set<TableId> captured) {
        if (publication != null) {
            return List.of();
        }
        return List.of(
                missing(settings, captured, Subject.PUBLICATION, " and publication.autocreate.mode is disabled"));
    }

    /**
     * Whether the publication, as it is, publishes all that is captured. One that somebody else looks after may hold fewer
     * tables than the filters match: those are left out with a warning, as long as any remain.
     */
    public static List<Finding> complete(
            CaptureSettings settings, @Nullable Publication publication, Set<TableId> captured) {
        Set<TableId> missing = missing(publication, captured);
        if (missing.isEmpty() || settings.publicationMode() == PublicationMode.NO_TABLES) {
            return List.of();
        }
        if (settings.publicationMode() == PublicationMode.FILTERED || missing.size() == captured.size()) {
            return List.of(incomplete(settings, missing, "which the connector's filters ask for"));
        }
        return List.of(Finding.warning(
                Subject.PUBLICATION,
                ErrorKind.PUBLICATION_INCOMPLETE,
                "publication " + settings.publication() + " does not contain " + TableChecks.sqlList(missing)
                        + ", so nothing of them is captured",
                CaptureFacts.of(settings, "tables", TableChecks.sqlList(missing))));
    }

    /**
     * Whether the publication is right, or the role may make it so when the capture starts.
     *
     * @param captured the tables captured
     */
    static List<Finding> usable(
            CaptureSettings settings,
            @Nullable Publication publication,
            List<Table> captured,
            Privileges privileges,
            ServerInfo server) {
        Set<TableId> ids = captured.stream().map(Table::id).collect(Collectors.toCollection(TreeSet::new));
        if (publication == null) {
            return creatable(settings, ids, privileges, server);
        }
        Set<TableId> missing = missing(publication, ids);
        boolean altered = settings.publicationMode() == PublicationMode.FILTERED && !publication.allTables();
        if (missing.isEmpty() || !altered) {
            return complete(settings, publication, ids);
        }
        if (server.inRecovery()) {
            return List.of(incomplete(settings, missing, "which can be added on the primary only"));
        }
        String user = settings.connection().user();
        if (!privileges.ownsPublication(settings.publication())) {
            return List.of(incomplete(settings, missing, "and user " + user + " does not own the publication"));
        }
        Set<TableId> others = privileges.notOwned(missing);
        return others.isEmpty()
                ? List.of()
                : List.of(incomplete(
                        settings, missing, "and user " + user + " does not own " + TableChecks.sqlList(others)));
    }

    private static List<Finding> creatable(
            CaptureSettings settings, Set<TableId> captured, Privileges privileges, ServerInfo server) {
        PublicationMode mode = settings.publicationMode();
        if (mode == PublicationMode.DISABLED) {
            return exists(settings, null, captured);
        }
        if (server.inRecovery()) {
            return List.of(missing(settings, captured, Subject.PUBLICATION, " and can be created on the primary only"));
        }
        Privileges.Role role = privileges.role();
        String user = settings.connection().user();
        if (!role.createInDatabase()) {
            return List.of(missing(
                    settings,
                    captured,
                    Subject.PUBLICATION_MODE,
                    ", and user " + user + " lacks CREATE on the database to create it"));
        }
        // Whoever may not publish all tables gets a publication of the captured ones.
        boolean named = mode == PublicationMode.FILTERED || mode == PublicationMode.ALL_TABLES && !role.superuser();
        Set<TableId> others = named ? privileges.notOwned(captured) : Set.of();
        if (!others.isEmpty()) {
            return List.of(missing(
                    settings,
                    captured,
                    Subject.PUBLICATION_MODE,
                    ", and user " + user + " cannot create it because it does not own " + TableChecks.sqlList(others)));
        }
        return List.of();
    }

    private static Set<TableId> missing(@Nullable Publication publication, Set<TableId> captured) {
        Set<TableId> missing = new TreeSet<>(captured);
        if (publication != null) {
            missing.removeAll(publication.tables());
        }
        return missing;
    }

    private static Finding missing(CaptureSettings settings, Set<TableId> captured, Subject subject, String why) {
        // The cure is a statement that ends after the tables.
        String tables = captured.isEmpty() ? "<tables>" : TableChecks.sqlList(captured);
        String options = settings.viaPartitionRoot() ? " WITH (publish_via_partition_root = true)" : "";
        return Finding.error(
                subject,
                ErrorKind.PUBLICATION_MISSING,
                "publication " + settings.publication() + " does not exist" + why,
                CaptureFacts.of(settings, "tables", tables + options));
    }

    private static Finding incomplete(CaptureSettings settings, Set<TableId> missing, String why) {
        Map<String, String> facts = CaptureFacts.of(settings, "tables", TableChecks.sqlList(missing));
        return Finding.error(
                Subject.PUBLICATION,
                ErrorKind.PUBLICATION_INCOMPLETE,
                "publication " + settings.publication() + " does not contain " + TableChecks.sqlList(missing) + ", "
                        + why,
                facts);
    }
}
