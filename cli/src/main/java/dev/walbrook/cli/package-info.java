/**
 * The walbrook command: a thin face over {@code admin}, and over {@code local} for {@code walbrook up}.
 *
 * <p>Each command reads its options, calls and prints. What it finds out or decides belongs below, so that the console can
 * do the same; nothing depends on this module.
 */
@NullMarked
package dev.walbrook.cli;

import org.jspecify.annotations.NullMarked;
