package dev.walbrook.connect.header;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.jspecify.annotations.Nullable;

/**
 * Each header's last conversion. A header that says the same in record after record is converted once.
 *
 * <p>Only words, numbers and the like are remembered, which nobody can change afterwards. The bytes of a header are shared by
 * the records that have it; Kafka's clients only read them.
 *
 * <p>Safe for any number of threads.
 */
public final class RememberedHeaders {

    /** For how many names a conversion is remembered, in each direction. */
    private static final int NAMES = 256;

    /** What is longer than this, in bytes, is hardly the same in every record. */
    private static final int LONGEST = 1024;

    private final Reading reading;
    private final Writing writing;
    private final Map<String, Read> read = new ConcurrentHashMap<>();
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    /** Converts what is not remembered; {@link org.apache.kafka.connect.storage.HeaderConverter#toConnectHeader}. */
    public interface Reading {
        /**
         * The value.
         *
         * @param text null for a header without value
         * @return null for texts that Kafka's converter makes nothing of
         */
        @Nullable
        SchemaAndValue toConnectHeader(String topic, String name, byte @Nullable [] text);
    }

    /** Converts what is not remembered; {@link org.apache.kafka.connect.storage.HeaderConverter#fromConnectHeader}. */
    public interface Writing {
        /** Null for a header without value. */
        byte @Nullable [] fromConnectHeader(String topic, String name, @Nullable Schema schema, @Nullable Object value);
    }

    @SuppressWarnings("ArrayRecordComponent") // Compared by its content, below.
    private record Read(byte[] text, SchemaAndValue value) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Written(@Nullable Schema schema, Object value, byte[] text) {}

    /** Whatever the conversions throw is thrown on. */
    public RememberedHeaders(Reading reading, Writing writing) {
        this.reading = reading;
        this.writing = writing;
    }

    /** The value of a header; null where the conversion says null. */
    public @Nullable SchemaAndValue read(String topic, String name, byte @Nullable [] text) {
        if (text == null || text.length > LONGEST) {
            return reading.toConnectHeader(topic, name, text);
        }
        Read last = read.get(name);
        if (last != null && Arrays.equals(last.text, text)) {
            return last.value;
        }
        @Nullable SchemaAndValue value = reading.toConnectHeader(topic, name, text);
        if (value != null && staysAsItIs(value.value()) && hasRoom(read, last)) {
            read.put(name, new Read(text, value));
        }
        return value;
    }

    /** The text of a header. */
    public byte @Nullable [] write(String topic, String name, @Nullable Schema schema, @Nullable Object value) {
        if (value == null || !staysAsItIs(value)) {
            return writing.fromConnectHeader(topic, name, schema, value);
        }
        Written last = written.get(name);
        if (last != null && last.value.equals(value) && Objects.equals(last.schema, schema)) {
            return last.text;
        }
        byte[] text = writing.fromConnectHeader(topic, name, schema, value);
        if (text != null && text.length <= LONGEST && hasRoom(written, last)) {
            written.put(name, new Written(schema, value, text));
        }
        return text;
    }

    private static boolean staysAsItIs(@Nullable Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof Number;
    }

    private static boolean hasRoom(Map<String, ?> remembered, @Nullable Object last) {
        return last != null || remembered.size() < NAMES;
    }
}
