package dev.walbrook.capture;

/**
 * Which history of which cluster a position belongs to.
 *
 * @param systemId the system identifier, which initdb chose; a 64-bit number in decimal
 * @param timeline the timeline; a promotion and a recovery to a point in time begin a new one
 */
public record ServerIdentity(String systemId, int timeline) {}
