package dev.walbrook.conformance.transforms;

import dev.walbrook.conformance.CanonicalText;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a transform made of a record, as text.
 *
 * @param text the record, or that it was dropped or refused
 * @param record null if there is none
 * @param failure null if there is none
 */
record Outcome(String text, @Nullable SourceRecord record, @Nullable RuntimeException failure) {

    static Outcome of(Supplier<@Nullable SourceRecord> transform) {
        try {
            SourceRecord record = transform.get();
            return record == null ? new Outcome("dropped", null, null) : new Outcome(describe(record), record, null);
        } catch (RuntimeException e) {
            return new Outcome("refused", null, e);
        }
    }

    boolean isRefusal() {
        return failure != null;
    }

    private static String describe(ConnectRecord<?> record) {
        StringBuilder text = new StringBuilder()
                .append("topic ")
                .append(record.topic())
                .append("\npartition ")
                .append(record.kafkaPartition())
                .append("\ntime ")
                .append(record.timestamp())
                .append("\nkey\n")
                .append(canonical(record.keySchema(), record.key()))
                .append("\nvalue\n")
                .append(canonical(record.valueSchema(), record.value()));
        for (Header header : record.headers()) {
            text.append("\nheader ")
                    .append(header.key())
                    .append('\n')
                    .append(canonical(header.schema(), header.value()));
        }
        return text.toString();
    }

    private static String canonical(@Nullable Schema schema, @Nullable Object value) {
        byte[] bytes = CanonicalText.bytes(schema, value);
        return bytes == null ? "nothing" : new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return failure == null ? text : text + ": " + failure;
    }
}
