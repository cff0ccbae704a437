/** The session with the target database, which everything that reads or writes there shares. */
@NullMarked
package dev.walbrook.connect.sink.session;

import org.jspecify.annotations.NullMarked;
