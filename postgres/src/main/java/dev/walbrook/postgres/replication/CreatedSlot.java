package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.Lsn;

/**
 * A slot just created, with the snapshot of the moment from which it holds changes.
 *
 * @param name its name
 * @param consistentPoint where its changes start: what committed before is in the snapshot, what commits after is not
 * @param snapshotName for SET TRANSACTION SNAPSHOT, as long as the connection that created it has done nothing else
 */
public record CreatedSlot(String name, Lsn consistentPoint, String snapshotName) {}
