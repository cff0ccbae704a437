package dev.walbrook.admin.compare;

import java.math.BigDecimal;

/**
 * A set of rows in two numbers.
 *
 * @param rows how many
 * @param hash the sum of the rows' 64-bit hashes, which does not depend on their order
 */
public record Fingerprint(long rows, BigDecimal hash) {}
