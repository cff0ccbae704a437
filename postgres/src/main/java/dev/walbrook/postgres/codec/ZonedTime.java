package dev.walbrook.postgres.codec;

/**
 * A {@code timetz}: a time of day with the offset it is meant in.
 *
 * @param micros the local time, in microseconds of the day; 86400000000 for 24:00:00
 * @param offsetSeconds what the local time is ahead of UTC, in seconds; negative west of Greenwich
 */
public record ZonedTime(long micros, int offsetSeconds) {}
