package dev.walbrook.capture.preflight;

import dev.walbrook.capture.CaptureFacts;
import dev.walbrook.capture.CaptureSettings;
import dev.walbrook.postgres.catalog.ServerInfo;
import dev.walbrook.postgres.error.ErrorKind;
import java.util.ArrayList;
import java.util.List;

/** What the server as a whole must be. */
public final class ServerChecks {

    /** The oldest major version that changes are captured from. */
    public static final int OLDEST_VERSION = 15;

    private static final int FIRST_TO_DECODE_ON_STANDBY = 16;
    private static final int FIRST_WITH_FAILOVER_SLOTS = 17;

    private ServerChecks() {}

    /** Whether the server's version is one that is supported. */
    static List<Finding> version(CaptureSettings settings, ServerInfo server) {
        if (server.majorVersion() >= OLDEST_VERSION) {
            return List.of();
        }
        return List.of(Finding.error(
                Subject.ADDRESS,
                ErrorKind.SERVER_TOO_OLD,
                "the server is PostgreSQL " + server.majorVersion(),
                CaptureFacts.of(settings, "oldest", Integer.toString(OLDEST_VERSION))));
    }

    /** Whether the server writes what decoding needs; not asked for a snapshot alone. */
    public static List<Finding> logicalWal(CaptureSettings settings, ServerInfo server) {
        if (!settings.snapshot().policy().streams() || server.walLevel().equals("logical")) {
            return List.of();
        }
        return List.of(Finding.error(
                Subject.SERVER,
                ErrorKind.WAL_LEVEL_NOT_LOGICAL,
                "the server's wal_level is '" + server.walLevel() + "', so it cannot decode changes",
                CaptureFacts.of(settings)));
    }

    /** Whether this server can have the slot that is asked for. */
    static List<Finding> role(CaptureSettings settings, ServerInfo server) {
        List<Finding> findings = new ArrayList<>();
        if (!settings.snapshot().policy().streams()) {
            return findings;
        }
        if (server.inRecovery() && server.majorVersion() < FIRST_TO_DECODE_ON_STANDBY) {
            findings.add(Finding.error(
                    Subject.ADDRESS,
                    ErrorKind.CONFIGURATION,
                    "the server is a standby, and standbys can decode changes only since PostgreSQL "
                            + FIRST_TO_DECODE_ON_STANDBY + ": name the primary",
                    CaptureFacts.of(settings)));
        }
        if (settings.failoverSlot() && server.majorVersion() < FIRST_WITH_FAILOVER_SLOTS) {
            findings.add(Finding.error(
                    Subject.FAILOVER_SLOT,
                    ErrorKind.CONFIGURATION,
                    "failover slots came with PostgreSQL " + FIRST_WITH_FAILOVER_SLOTS + ", and the server is "
                            + server.majorVersion(),
                    CaptureFacts.of(settings)));
        } else if (settings.failoverSlot() && server.inRecovery()) {
            findings.add(Finding.error(
                    Subject.FAILOVER_SLOT,
                    ErrorKind.CONFIGURATION,
                    "the server is a standby, and a failover slot can be created on the primary only",
                    CaptureFacts.of(settings)));
        }
        return findings;
    }
}
