/**
 * The sink's metrics as MBeans: those of Debezium's JDBC sink under its names, and more of our own beside them.
 *
 * <p>The task's thread counts once per batch; threads that read an MBean wait for no more than that. Nothing here can fail a
 * task.
 */
@NullMarked
package dev.walbrook.connect.sink.metrics;

import org.jspecify.annotations.NullMarked;
