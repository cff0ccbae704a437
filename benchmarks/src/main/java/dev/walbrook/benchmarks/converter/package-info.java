/** The JSON converter beside Kafka's, one thread, no Kafka around it. */
@NullMarked
package dev.walbrook.benchmarks.converter;

import org.jspecify.annotations.NullMarked;
