package dev.walbrook.capture;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import dev.walbrook.postgres.replication.ReplicationConnection;
import dev.walbrook.postgres.replication.SlotState;
import dev.walbrook.postgres.replication.SlotStatistics;
import dev.walbrook.postgres.replication.SystemIdentity;
import dev.walbrook.postgres.replication.TimelineHistory;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the slot still has the changes that follow the stored position, and of the same history.
 *
 * <p>That the slot is ahead of the position proves nothing: records are confirmed to the slot before Connect stores their
 * offset, and an idle database moves the slot without any record. A slot that was dropped and created again is recognised by
 * its statistics instead: PostgreSQL counts the transactions it decodes for a slot, so a slot that the stored change came
 * through has a count above zero, unless the statistics were lost since. When they began is known too.
 */
final class PositionCheck {

    private static final Logger log = LoggerFactory.getLogger(PositionCheck.class);

    private final CaptureSettings settings;
    private final SystemIdentity system;
    private final Supplier<ReplicationConnection> replication;
    private final Connection connection;

    /**
     * @param system what the server says of itself
     * @param replication opens a connection to the same server's WAL sender, which is closed here
     * @param connection an ordinary connection
     */
    PositionCheck(
            CaptureSettings settings,
            SystemIdentity system,
            Supplier<ReplicationConnection> replication,
            Connection connection) {
        this.settings = settings;
        this.system = system;
        this.replication = replication;
        this.connection = connection;
    }

    /** @throws WalbrookException {@link ErrorKind#POSITION_LOST} if the changes after the position cannot be read */
    void require(CapturePosition stored, SlotState slot) {
        ServerIdentity origin = stored.server();
        if (origin != null && !origin.systemId().equals(system.systemId())) {
            throw lost(
                    "the stored position " + describe(stored) + " belongs to the cluster with system identifier "
                            + origin.systemId() + ", and this is cluster " + system.systemId()
                            + ": what was changed since cannot be told",
                    null);
        }
        if (origin != null && origin.timeline() != system.timeline()) {
            requireSameHistory(stored, origin.timeline());
        }
        if (stored.reach().isAfter(system.flushLsn())) {
            throw lost(
                    "the server's WAL ends at " + system.flushLsn() + ", before the stored position " + describe(stored)
                            + ": it was restored from a backup, or is a copy that is behind. Changes were captured that it"
                            + " does not have, " + gap(system.flushLsn(), stored.reach()),
                    null);
        }
        Lsn confirmed = slot.confirmedFlushLsn();
        if (confirmed != null && confirmed.isAfter(stored.reach())) {
            boolean sameTimeline = origin == null || origin.timeline() == system.timeline();
            if (sameTimeline && isNew(stored, slot)) {
                throw lost(
                        "slot " + slot.name() + " was dropped and created again: it begins at " + confirmed
                                + ", and nothing was ever decoded through it, but changes up to " + describe(stored)
                                + " were captured. The changes between are missing, " + gap(stored.reach(), confirmed),
                        null);
            }
            log.info(
                    "connector={} slot={} lsn={} is ahead of the stored position {}: what was captured up to there was delivered",
                    settings.name(),
                    slot.name(),
                    confirmed,
                    stored.reach());
        }
    }

    /** After a promotion both servers share the WAL up to where the new timeline began, and nothing after it. */
    private void requireSameHistory(CapturePosition stored, int timeline) {
        Lsn end = null;
        if (timeline < system.timeline()) {
            try (ReplicationConnection sender = replication.get()) {
                end = TimelineHistory.read(sender, system.timeline()).endOf(timeline);
            }
        }
        if (end == null) {
            throw lost(
                    "the stored position " + describe(stored) + " is on timeline " + timeline
                            + ", which is not in the history of the server's timeline " + system.timeline()
                            + ": the server was restored to an earlier time, or another standby was promoted",
                    null);
        }
        if (stored.reach().isAfter(end)) {
            throw lost(
                    "the server left timeline " + timeline + " at " + end + ", before the stored position "
                            + describe(stored) + ": it is a standby that was behind when it was promoted. Changes were"
                            + " captured that it never had, and those it made since " + end
                            + " up to the slot's position"
                            + " may be missing, " + gap(end, stored.reach()),
                    null);
        }
    }

    private boolean isNew(CapturePosition stored, SlotState slot) {
        // Only a streamed change has gone through the slot; a snapshot's rows have not.
        if (stored.snapshot() != CapturePosition.SnapshotState.NONE || stored.commitTimeMicros() == 0) {
            return false;
        }
        SlotStatistics statistics = SlotStatistics.read(connection, slot.name());
        return statistics != null
                && statistics.neverDecoded()
                && statistics.countedSince().isBefore(instant(stored.commitTimeMicros()));
    }

    private WalbrookException lost(String problem, @Nullable Throwable cause) {
        return new WalbrookException(ErrorKind.POSITION_LOST, problem, CaptureFacts.of(settings), cause);
    }

    /** For messages: the position's LSN and, if known, when its last change was committed. */
    static String describe(CapturePosition position) {
        return position.commitTimeMicros() == 0
                ? position.reach().toString()
                : position.reach() + " (committed " + instant(position.commitTimeMicros()) + ")";
    }

    private static String gap(Lsn from, Lsn to) {
        return "from " + from + " to " + to + " (" + to.bytesSince(from) + " bytes of WAL)";
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
