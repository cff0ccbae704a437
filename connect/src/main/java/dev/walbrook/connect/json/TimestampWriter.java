package dev.walbrook.connect.json;

/** Writes {@link org.apache.kafka.connect.data.Timestamp}s: milliseconds since 1970. */
@SuppressWarnings("JavaUtilDate") // Connect's logical types are made of it.
final class TimestampWriter implements ValueWriter {

    @Override
    public void write(JsonOutput out, Object value) {
        out.number(DateWriter.date("Timestamp", value).getTime());
    }
}
