/**
 * The source's metrics as MBeans, under the object names and attributes of Debezium's connector, so that exporter rules and
 * dashboards keep working; and the slot's own beside them.
 *
 * <p>Start reading at {@link dev.walbrook.connect.source.metrics.SourceMetrics}. The task's thread counts into plain fields
 * and publishes once per batch; threads that read an MBean meet it there only. Nothing here can fail a task.
 */
@NullMarked
package dev.walbrook.connect.source.metrics;

import org.jspecify.annotations.NullMarked;
