package dev.walbrook.connect.source;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record as text, without what differs from one run to the next.
 *
 * @param text topic, key, operation, row, and where in the WAL
 * @param continuesChange whether it belongs to the same change as the record before it
 * @param snapshot whether it is a snapshot's
 */
record Line(String text, boolean continuesChange, boolean snapshot) {

    static Line of(SourceRecord record) {
        StringBuilder text = new StringBuilder(record.topic()).append(' ').append(plain(record.key()));
        if (!(record.value() instanceof Struct value)) {
            return new Line(text.append(" tombstone").toString(), true, false);
        }
        Struct source = value.getStruct("source");
        boolean snapshot = !"false".equals(source.get("snapshot"));
        text.append(' ').append(value.get("op"));
        text.append(' ').append(plain(value.get("before"))).append(' ').append(plain(value.get("after")));
        if (!snapshot) {
            text.append(" @").append(source.get("lsn")).append('/').append(source.get("txId"));
        }
        Header oldKey = record.headers().lastWithName("__debezium.oldkey");
        return new Line(text.toString(), oldKey != null, snapshot);
    }

    private static String plain(@Nullable Object value) {
        if (!(value instanceof Struct struct)) {
            return "-";
        }
        StringBuilder text = new StringBuilder("(");
        for (Field field : struct.schema().fields()) {
            text.append(struct.get(field)).append(',');
        }
        return text.append(')').toString();
    }

    @Override
    public String toString() {
        return text;
    }
}
