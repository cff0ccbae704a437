/**
 * What can go wrong, said once for all of Walbrook: the kind decides whether to try again and what an operator should do.
 *
 * <p>The connectors' status, the log, the CLI and the console show the same text because all of them take it from here.
 */
@NullMarked
package dev.walbrook.postgres.error;

import org.jspecify.annotations.NullMarked;
