package dev.walbrook.admin.pipeline;

import dev.walbrook.postgres.TableId;

/**
 * A captured table as the panel shows it.
 *
 * @param table its name
 * @param events how many records its topic holds
 * @param estimatedRows the planner's estimate of the rows in the source; -1 when it has none yet
 */
public record TableProgress(TableId table, long events, long estimatedRows) {}
