/**
 * Publications, replication slots, and the replication connection over which a slot's changes arrive as bytes.
 *
 * <p>The bytes are handed out as they came: this package does not know pgoutput's messages, Kafka, or where positions are
 * stored. Publications and slots are administered over ordinary connections, because a WAL sender that streams takes no
 * other command.
 */
@NullMarked
package dev.walbrook.postgres.replication;

import org.jspecify.annotations.NullMarked;
