package dev.walbrook.admin.load;

/**
 * What a load run has done so far, commits only.
 *
 * @param inserts rows inserted
 * @param updates rows updated
 * @param deletes rows deleted
 * @param transactions transactions committed
 */
public record LoadCounts(long inserts, long updates, long deletes, long transactions) {

    /** Rows changed. */
    public long changes() {
        return inserts + updates + deletes;
    }
}
