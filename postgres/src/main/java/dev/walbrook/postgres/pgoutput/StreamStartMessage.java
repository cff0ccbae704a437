package dev.walbrook.postgres.pgoutput;

/**
 * A block of changes of one transaction in progress starts (protocol version 2).
 *
 * @param xid the top-level transaction
 * @param firstSegment whether this is its first block
 */
public record StreamStartMessage(int xid, boolean firstSegment) implements PgOutputMessage {}
