package dev.walbrook.connect.sink.record;

/**
 * Where a change was read: what a person needs to find the record again.
 *
 * @param topic the topic, as Kafka names it
 * @param partition the partition
 * @param offset the offset
 */
public record Origin(String topic, int partition, long offset) {

    @Override
    public String toString() {
        return "topic=" + topic + " partition=" + partition + " offset=" + offset;
    }
}
