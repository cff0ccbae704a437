/**
 * One pipeline from a source database to a sink database: its connectors' configuration, its progress and its lag.
 *
 * <p>It reads states and never changes one but by registering connectors.
 */
@NullMarked
package dev.walbrook.admin.pipeline;

import org.jspecify.annotations.NullMarked;
