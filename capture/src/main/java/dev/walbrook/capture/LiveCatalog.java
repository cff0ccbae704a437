package dev.walbrook.capture;

import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.catalog.Catalog;
import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog over a connection that is opened when needed and replaced when it has died: tables are described rarely, and
 * a firewall may have forgotten the connection since.
 *
 * <p>Not thread safe, except {@link #cancel}.
 */
final class LiveCatalog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LiveCatalog.class);

    private static final int VALIDATION_SECONDS = 5;

    private final CaptureSettings settings;
    private volatile @Nullable Connection connection;

    LiveCatalog(CaptureSettings settings) {
        this.settings = settings;
    }

    /** A connection that answered just now. */
    Connection connection() {
        try {
            Connection open = connection;
            if (open == null || !open.isValid(VALIDATION_SECONDS)) {
                close();
                open = Connections.open(settings.connection(), "walbrook catalog " + settings.name());
                Connections.limitStatements(open, settings.connection().queryTimeout());
                connection = open;
            }
            return open;
        } catch (SQLException e) {
            throw SqlErrors.translate(e, "cannot ask the catalog", settings.connection(), Map.of());
        }
    }

    @Nullable
    Table table(int oid) {
        return new Catalog(connection()).table(oid);
    }

    @Nullable
    PgType type(int oid) {
        return new Catalog(connection()).type(oid);
    }

    /** Ends the question that is being asked; any thread may call it. */
    void cancel() {
        Connection open = connection;
        if (open != null) {
            try {
                open.unwrap(PGConnection.class).cancelQuery();
            } catch (SQLException e) {
                log.debug("connector={} cancelling a question to the catalog failed", settings.name(), e);
            }
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // It is being given up; whatever it still had to say no longer matters.
            }
        }
    }
}
