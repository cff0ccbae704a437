/**
 * Headers without converting what was just converted, for the JSON converter and for a header converter that takes the place
 * of Kafka's {@code org.apache.kafka.connect.storage.SimpleHeaderConverter}: the same text for the same values and the same
 * values for the same text.
 *
 * <p>Connect converts every header of every record anew. Most headers say the same in every record of a task: the names that
 * change data connectors put on each one, a tenant, a version. Kafka's converter finds out each time what a text may mean,
 * number, date, map or word, which costs a sink more than the rest of the record.
 *
 * <p>Must not depend on the connectors, on the transforms or on the JSON converter: whoever runs other connectors can take it
 * alone.
 */
@NullMarked
package dev.walbrook.connect.header;

import org.jspecify.annotations.NullMarked;
