/**
 * The servers that are measured: PostgreSQL, and a broker and Connect workers in JVMs of their own, so that each one's
 * processor time and memory can be told apart.
 *
 * <p>Must not know what is measured.
 */
@NullMarked
package dev.walbrook.benchmarks.server;

import org.jspecify.annotations.NullMarked;
