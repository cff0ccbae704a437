/**
 * Operating a pipeline: what the command line and the console do, as a plain Java API.
 *
 * <p>Nothing here prints, reads a command line or starts a server; it depends on {@code dev.walbrook.postgres}, the Kafka
 * clients and Jackson only.
 */
@NullMarked
package dev.walbrook.admin;

import org.jspecify.annotations.NullMarked;
