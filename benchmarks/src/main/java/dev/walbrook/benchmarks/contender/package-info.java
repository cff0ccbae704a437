/**
 * Who is measured: connectors in a worker, and programs that do a part of a connector's work and nothing else, which are the
 * limits a connector can come near to.
 */
@NullMarked
package dev.walbrook.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
