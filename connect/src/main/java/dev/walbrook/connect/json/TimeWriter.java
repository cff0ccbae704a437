package dev.walbrook.connect.json;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;

/** Writes {@link Time}s: milliseconds since midnight. */
@SuppressWarnings("JavaUtilDate") // Connect's logical types are made of it.
final class TimeWriter implements ValueWriter {

    private static final long MILLIS_PER_DAY = 86_400_000;

    private final Schema schema;

    TimeWriter(Schema schema) {
        this.schema = schema;
    }

    @Override
    public void write(JsonOutput out, Object value) {
        java.util.Date date = DateWriter.date("Time", value);
        long millis = date.getTime();
        if (millis >= 0 && millis <= MILLIS_PER_DAY) {
            out.number(millis);
        } else {
            // Connect's own conversion refuses it and says why; it needs a calendar to notice.
            out.number(Time.fromLogical(schema, date));
        }
    }
}
