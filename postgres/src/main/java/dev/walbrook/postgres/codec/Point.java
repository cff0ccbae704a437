package dev.walbrook.postgres.codec;

/**
 * A {@code point} of the plane.
 *
 * @param x the first coordinate
 * @param y the second coordinate
 */
public record Point(double x, double y) {}
