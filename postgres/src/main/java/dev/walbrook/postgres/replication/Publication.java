package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.TableId;
import java.util.Set;

/**
 * A publication as the catalog describes it now.
 *
 * @param name its name
 * @param allTables whether it is FOR ALL TABLES
 * @param viaRoot whether a partition's changes are published as those of the partitioned table
 * @param insert whether it publishes inserts
 * @param update whether it publishes updates
 * @param delete whether it publishes deletes
 * @param truncate whether it publishes TRUNCATE
 * @param tables the tables whose changes it publishes in effect: with those of its schemas, and for a partitioned table
 *     either the root ({@code viaRoot}) or the partitions
 */
public record Publication(
        String name,
        boolean allTables,
        boolean viaRoot,
        boolean insert,
        boolean update,
        boolean delete,
        boolean truncate,
        Set<TableId> tables) {}
