/**
 * A JSON converter that takes the place of Kafka's {@code org.apache.kafka.connect.json.JsonConverter}: the same
 * configuration, the same bytes for the same data, the same data for the same bytes, at a fraction of the cost.
 *
 * <p>Kafka's builds a tree of nodes for every record, of its schema too, and lets Jackson write or read that tree. Here a
 * schema is compiled once into a plan ({@link dev.walbrook.connect.json.WritePlan}) that writes values straight into one
 * buffer, and its own text is kept as bytes; on the way back a schema block that has been seen before is recognised by its
 * bytes, and the payload is read along the schema.
 *
 * <p>Must not depend on the connectors, on the transforms or on any JSON library: whoever runs other connectors can take
 * the converter alone, and a worker's Jackson is on its class path by chance of its version, not by contract.
 */
@NullMarked
package dev.walbrook.connect.json;

import org.jspecify.annotations.NullMarked;
