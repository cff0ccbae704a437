/**
 * {@code walbrook up}: servers, connectors, and the panel that shows them.
 *
 * <p>The only package that uses {@code local}.
 */
@NullMarked
package dev.walbrook.cli.up;

import org.jspecify.annotations.NullMarked;
