package dev.walbrook.transforms.event;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Runs a transform so that whatever is wrong with a record ends in one {@link DataException} that says which record it was.
 *
 * <p>With {@code errors.tolerance=all} Connect skips such a record, or writes it to the dead letter queue with this message;
 * without, the task stops with it. An {@link Error} would stop the task in both cases, so an overflowing stack, which a
 * hostile document or regular expression can cause, becomes a {@link DataException} too.
 */
public final class Conversion {

    private Conversion() {}

    /**
     * Applies the transform to the record.
     *
     * @param name the transform's simple name, for the message
     * @return null if the record is dropped
     * @throws DataException if the record cannot be transformed
     */
    public static <R extends ConnectRecord<R>> @Nullable R of(R record, String name, UnaryOperator<R> transform) {
        try {
            return transform.apply(record);
        } catch (DataException e) {
            // Connect's own messages name fields, schemas and classes, never values.
            throw failure(record, name, String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            // The message of any other exception may quote a value, so only its class and stack are kept.
            throw failure(
                    record, name, "an unexpected " + e.getClass().getName() + ". This is a defect of the transform", e);
        } catch (StackOverflowError e) {
            throw failure(record, name, "its value is nested too deeply, or an expression needs too much stack", e);
        }
    }

    private static DataException failure(ConnectRecord<?> record, String name, String problem, Throwable cause) {
        DataException failure =
                new DataException(name + " cannot transform the record of " + place(record) + ": " + problem);
        failure.setStackTrace(cause.getStackTrace());
        return failure;
    }

    /** Where the record comes from, such as {@code topic shop.public.orders, source offset {lsn=24023128}}. */
    public static String place(ConnectRecord<?> record) {
        StringBuilder place = new StringBuilder("topic ").append(record.topic());
        if (record.kafkaPartition() != null) {
            place.append(", partition ").append(record.kafkaPartition());
        }
        if (record instanceof SinkRecord sinkRecord) {
            place.append(", offset ").append(sinkRecord.kafkaOffset());
        } else if (record instanceof SourceRecord sourceRecord && sourceRecord.sourceOffset() != null) {
            place.append(", source offset ").append(numbers(sourceRecord.sourceOffset()));
        }
        return place.toString();
    }

    /** Positions are numbers. Texts are left out: among them are the key bounds of a chunk of a snapshot. */
    private static Map<String, Object> numbers(Map<String, ?> offset) {
        Map<String, Object> numbers = new TreeMap<>();
        offset.forEach((key, value) -> {
            if (value instanceof Number) {
                numbers.put(key, value);
            }
        });
        return numbers;
    }
}
