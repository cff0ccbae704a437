package dev.walbrook.conformance;

/**
 * One line in which the two connectors' records differ.
 *
 * @param place {@code topic[index] path}, such as {@code server.public.t[3] value.after.id}, where the index is the
 *     record's place in Debezium's topic, or in ours for a record that only we wrote
 * @param record what the record is, for the reader
 * @param debezium Debezium's line; "-" if it has none
 * @param walbrook ours; "-" if we have none
 */
public record Difference(String place, String record, String debezium, String walbrook) {

    @Override
    public String toString() {
        return "%s   (%s)%n    Debezium  %s%n    Walbrook  %s".formatted(place, record, debezium, walbrook);
    }
}
