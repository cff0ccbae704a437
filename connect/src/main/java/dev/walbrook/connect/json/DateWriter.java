package dev.walbrook.connect.json;

import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/** Writes {@link Date}s: days since 1970. */
@SuppressWarnings("JavaUtilDate") // Connect's logical types are made of it.
final class DateWriter implements ValueWriter {

    private static final long MILLIS_PER_DAY = 86_400_000;

    private final Schema schema;

    DateWriter(Schema schema) {
        this.schema = schema;
    }

    @Override
    public void write(JsonOutput out, Object value) {
        java.util.Date date = date("Date", value);
        long millis = date.getTime();
        if (millis % MILLIS_PER_DAY == 0) {
            out.number((int) (millis / MILLIS_PER_DAY));
        } else {
            // Connect's own conversion refuses it and says why; it needs a calendar to notice.
            out.number(Date.fromLogical(schema, date));
        }
    }

    static java.util.Date date(String type, Object value) {
        if (value instanceof java.util.Date date) {
            return date;
        }
        throw new DataException("Invalid type for " + type + ", expected Date but was " + value.getClass());
    }
}
