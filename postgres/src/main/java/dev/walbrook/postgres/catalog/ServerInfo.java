package dev.walbrook.postgres.catalog;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of itself.
 *
 * @param version {@code server_version_num}, such as 170011
 * @param systemIdentifier the cluster's identifier in decimal; null if this role may not ask (then a replication
 *     connection's {@code IDENTIFY_SYSTEM} tells)
 * @param timeline the timeline, of the last checkpoint on a standby; null if this role may not ask
 * @param walLevel {@code wal_level}
 * @param database the current database
 * @param inRecovery whether it is a standby
 */
public record ServerInfo(
        int version,
        @Nullable String systemIdentifier,
        @Nullable Integer timeline,
        String walLevel,
        String database,
        boolean inRecovery) {

    /** The major version, such as 17. */
    public int majorVersion() {
        return version / 10_000;
    }
}
