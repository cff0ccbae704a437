package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;

/**
 * The transaction was applied here by replication from elsewhere.
 *
 * @param commitLsn where it was committed on the origin server
 * @param name the replication origin's name
 */
public record OriginMessage(Lsn commitLsn, String name) implements PgOutputMessage {}
