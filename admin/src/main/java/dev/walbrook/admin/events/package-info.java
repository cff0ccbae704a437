/**
 * Change events as a person reads them: from a topic's bytes to operation, key, before and after.
 *
 * <p>It reads Kafka only and never asks a database; how an event looks on a terminal is not its business.
 */
@NullMarked
package dev.walbrook.admin.events;

import org.jspecify.annotations.NullMarked;
