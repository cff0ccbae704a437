/**
 * A client of Kafka Connect's REST API: plugins, connectors, their states and offsets.
 *
 * <p>It knows HTTP and JSON only, no database and no broker.
 */
@NullMarked
package dev.walbrook.admin.connect;

import org.jspecify.annotations.NullMarked;
