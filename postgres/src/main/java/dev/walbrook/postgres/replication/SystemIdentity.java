package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.Lsn;

/**
 * The answer to {@code IDENTIFY_SYSTEM}.
 *
 * @param systemId the cluster's identifier in decimal; physical copies of a cluster share it
 * @param timeline the current timeline, which a promotion or a restore to a point in time changes
 * @param flushLsn how far the WAL is flushed; on a standby, replayed
 * @param database the database this connection is for
 */
public record SystemIdentity(String systemId, int timeline, Lsn flushLsn, String database) {}
