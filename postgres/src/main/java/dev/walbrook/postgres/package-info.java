/**
 * What every part of Walbrook needs to speak to PostgreSQL: positions in the WAL, connections, failures.
 *
 * <p>Nothing here knows Kafka.
 */
@NullMarked
package dev.walbrook.postgres;

import org.jspecify.annotations.NullMarked;
