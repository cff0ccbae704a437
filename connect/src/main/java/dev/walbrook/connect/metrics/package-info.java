/**
 * What the metrics of both connectors are made of: a place in the JVM's MBean server, tags, statistics of lags.
 *
 * <p>Must not know what is measured.
 */
@NullMarked
package dev.walbrook.connect.metrics;

import org.jspecify.annotations.NullMarked;
