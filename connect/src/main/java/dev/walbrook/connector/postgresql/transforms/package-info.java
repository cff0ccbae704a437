/**
 * Transforms for records that only PostgreSQL's connector makes, under Debezium's name for them.
 *
 * <p>Must not depend on the connectors of this plugin.
 */
@NullMarked
package dev.walbrook.connector.postgresql.transforms;

import org.jspecify.annotations.NullMarked;
