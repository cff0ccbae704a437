package dev.walbrook.capture.preflight;

import dev.walbrook.capture.CaptureFacts;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.catalog.Catalog;
import dev.walbrook.postgres.catalog.Privileges;
import dev.walbrook.postgres.catalog.ServerInfo;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.SqlErrors;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.Publication;
import dev.walbrook.postgres.replication.Publications;
import dev.walbrook.postgres.replication.ReplicationSlots;
import dev.walbrook.postgres.replication.SlotState;
import dev.walbrook.postgres.replication.SlotUse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says everything that is wrong with a set-up in one pass. Each check stands for itself: one that fails, or cannot be made,
 * keeps no other from being made. Only a database that cannot be reached is said once, because then nothing else is known.
 *
 * <p>Nothing is created or changed, and a capture that already runs with these settings is not disturbed and not mistaken for
 * a problem.
 */
public final class Preflight {

    private static final int CONNECT_SECONDS = 10;
    private static final Duration RELEASE_WAIT = Duration.ofSeconds(5);
    private static final Duration RELEASE_POLL = Duration.ofMillis(100);

    private final CaptureSettings settings;
    private final List<NamedFilter> filters;
    private final long deadlineNanos;
    private final Duration timeout;
    private final List<Finding> findings = new ArrayList<>();

    private Preflight(CaptureSettings settings, List<NamedFilter> filters, Duration timeout) {
        this.settings = settings;
        this.filters = filters;
        this.timeout = timeout;
        this.deadlineNanos = System.nanoTime() + timeout.toNanos();
    }

    /**
     * Looks at the set-up.
     *
     * @param settings what is to be captured
     * @param filters expressions that should each name something
     * @param timeout how long it may take, about; what was found until then is returned with the finding that time ran out
     * @return what was found, errors and warnings; empty if all is well
     */
    public static List<Finding> run(CaptureSettings settings, List<NamedFilter> filters, Duration timeout) {
        Preflight preflight = new Preflight(settings, filters, timeout);
        preflight.run();
        return List.copyOf(preflight.findings);
    }

    private void run() {
        try (Connection connection =
                Connections.open(limited(settings.connection()), "walbrook preflight " + settings.name())) {
            check(connection);
        } catch (OutOfTimeException e) {
            findings.add(Finding.error(
                    Subject.ADDRESS,
                    ErrorKind.CANNOT_CONNECT,
                    "the checks of " + settings.connection() + " did not end within " + timeout.toMillis() + " ms",
                    CaptureFacts.of(settings)));
        } catch (WalbrookException e) {
            findings.add(ConnectionChecks.refused(e));
        } catch (SQLException e) {
            findings.add(ConnectionChecks.refused(
                    SqlErrors.translate(e, "the checks failed", settings.connection(), CaptureFacts.of(settings))));
        }
    }

    private void check(Connection connection) throws SQLException {
        Catalog catalog = new Catalog(connection);
        Privileges privileges = new Privileges(connection);
        ServerInfo server = ask(connection, catalog::server);
        if (server == null) {
            return;
        }
        findings.addAll(ServerChecks.version(settings, server));
        findings.addAll(ServerChecks.logicalWal(settings, server));
        findings.addAll(ServerChecks.role(settings, server));
        if (settings.snapshot().policy().streams()) {
            checkSlot(connection, privileges);
        }
        List<Table> captured = ask(connection, () -> TableChecks.captured(settings, catalog));
        if (captured == null) {
            return;
        }
        add(connection, () -> TableChecks.any(settings, captured, catalog));
        findings.addAll(TableChecks.identity(settings, captured));
        add(connection, () -> TableChecks.readable(settings, captured, privileges));
        add(connection, () -> FilterChecks.unmatched(settings, filters, catalog.tables(), captured));
        if (settings.snapshot().policy().streams()) {
            add(connection, () -> {
                Publication publication = new Publications(connection).find(settings.publication());
                return PublicationChecks.usable(settings, publication, captured, privileges, server);
            });
        }
    }

    private void checkSlot(Connection connection, Privileges privileges) throws SQLException {
        SlotUse use = new SlotUse(connection);
        SlotState slot = ask(connection, () -> slotOnceReleased(connection, use));
        if (slot == null) {
            add(connection, () -> SlotChecks.room(settings, use.room()));
        } else {
            add(connection, () -> SlotChecks.usable(settings, slot, use));
        }
        boolean read = slot != null && slot.active();
        add(connection, () -> ConnectionChecks.walSender(settings, limited(settings.connection()), read, privileges));
    }

    /** The slot, without a reader that goes within moments, as a connector does that is being replaced by this one. */
    private @Nullable SlotState slotOnceReleased(Connection connection, SlotUse use) {
        ReplicationSlots slots = new ReplicationSlots(connection);
        long until = System.nanoTime() + Math.min(RELEASE_WAIT.toNanos(), timeout.toNanos() / 2);
        SlotState slot = slots.find(settings.slot());
        while (slot != null && SlotChecks.readByStranger(settings, slot, use) && System.nanoTime() < until) {
            LockSupport.parkNanos(RELEASE_POLL.toNanos());
            slot = slots.find(settings.slot());
        }
        return slot;
    }

    private void add(Connection connection, Supplier<List<Finding>> check) throws SQLException {
        List<Finding> found = ask(connection, check);
        if (found != null) {
            findings.addAll(found);
        }
    }

    /**
     * Asks, within the time that is left.
     *
     * @return the answer; null if there is none, or if asking failed, which is then a finding
     */
    private <T> @Nullable T ask(Connection connection, Supplier<T> question) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, (int) Math.min(remainingMillis(), Integer.MAX_VALUE));
        try {
            return question.get();
        } catch (WalbrookException e) {
            remainingMillis();
            if (connection.isClosed()) {
                throw e;
            }
            findings.add(ConnectionChecks.refused(e));
            return null;
        }
    }

    /** The connection with time limits that end before the deadline. */
    private ConnectionSettings limited(ConnectionSettings unlimited) {
        String seconds = Long.toString(Math.max(1, remainingMillis() / 1000));
        Map<String, String> properties = new HashMap<>(unlimited.properties());
        properties.put("loginTimeout", seconds);
        properties.put("socketTimeout", seconds);
        properties.put("connectTimeout", Long.toString(Math.min(CONNECT_SECONDS, Long.parseLong(seconds))));
        return new ConnectionSettings(
                unlimited.host(),
                unlimited.port(),
                unlimited.database(),
                unlimited.user(),
                unlimited.password(),
                properties);
    }

    /** Positive. */
    private long remainingMillis() {
        long remaining = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (remaining <= 0) {
            throw new OutOfTimeException();
        }
        return remaining;
    }

    /** The time is up; what was found until now counts. */
    private static final class OutOfTimeException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
