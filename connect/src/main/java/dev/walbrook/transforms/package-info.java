/**
 * Single message transforms with the class and option names of Debezium's {@code io.debezium.transforms}, so that moving a
 * configuration here is a change of package.
 *
 * <p>Each class is small and stands alone: what it does is in {@code OVERVIEW_DOC}, what it can be told in {@code
 * CONFIG_DEF}. What they share is in {@link dev.walbrook.transforms.event}. They work on the records of any connector that
 * writes Debezium's envelope, at a source and at a sink.
 *
 * <p>Must not depend on the connectors of this plugin, on Connect's own transforms or on a JSON library: none of them is
 * certain to be visible to a plugin.
 */
@NullMarked
package dev.walbrook.transforms;

import org.jspecify.annotations.NullMarked;
