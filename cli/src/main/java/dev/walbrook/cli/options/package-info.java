/**
 * Options that several commands share: where the servers are and with which passwords.
 *
 * <p>It must not know any command.
 */
@NullMarked
package dev.walbrook.cli.options;

import org.jspecify.annotations.NullMarked;
