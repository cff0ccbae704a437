package dev.walbrook.postgres.pgoutput;

/**
 * The block of changes that the last {@link StreamStartMessage} started is complete (protocol version 2).
 */
public record StreamStopMessage() implements PgOutputMessage {}
