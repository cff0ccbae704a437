package dev.walbrook.admin.load;

import java.util.Set;

/**
 * What a load run does.
 *
 * @param changes how many rows to change; 0 for no end
 * @param perSecond how many a second; 0 for as fast as it goes
 * @param tables which of the sample tables: {@code products}, {@code orders} or both
 * @param seed the same seed on the same rows makes the same decisions
 * @param statementsPerTransaction the most statements in one transaction, at least 1
 */
public record LoadPlan(long changes, double perSecond, Set<String> tables, long seed, int statementsPerTransaction) {}
