/**
 * A database's changes as one ordered stream: the snapshot first, then what the write-ahead log tells.
 *
 * <p>Start reading at {@link dev.walbrook.capture.Capture}. Two threads meet here: the capture thread talks to PostgreSQL
 * and fills the {@link dev.walbrook.capture.HandOver}; the caller's thread empties it and reports what was delivered to
 * {@link dev.walbrook.capture.Acknowledgements}, from which the capture thread learns what it may confirm to the slot.
 *
 * <p>Nothing here knows Kafka or Connect: a change is still the bytes PostgreSQL sent.
 */
@NullMarked
package dev.walbrook.capture;

import org.jspecify.annotations.NullMarked;
