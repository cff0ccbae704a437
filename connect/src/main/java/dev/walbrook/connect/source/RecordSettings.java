package dev.walbrook.connect.source;

import dev.walbrook.connect.source.type.ColumnMappings;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Headers;

/**
 * What is the same for all records of a connector.
 *
 * @param partition Connect's source partition, under which offsets are stored
 * @param topics names the topics
 * @param mappings represents the columns
 * @param sourceInfo makes the source blocks
 * @param columns which columns, as {@code schema.table.column}, are in the values; keys always keep theirs
 * @param tombstones whether a delete is followed by a record without value, which compaction needs
 * @param skippedOperations the letters of the operations that are not emitted
 * @param contextHeaders whether records say which connector and task they come from
 * @param failures what to do with a change of which no record can be made
 * @param taskId the task's number, for the context headers
 */
record RecordSettings(
        Map<String, String> partition,
        TopicNaming topics,
        ColumnMappings mappings,
        SourceInfo sourceInfo,
        Predicate<String> columns,
        boolean tombstones,
        Set<String> skippedOperations,
        boolean contextHeaders,
        Failures failures,
        String taskId) {

    /** What to do with a change of which no record can be made, as {@code event.processing.failure.handling.mode} says. */
    enum Failures {
        FAIL,
        WARN,
        SKIP,
        /** Another name of {@link #SKIP}. */
        IGNORE
    }

    Headers headers() {
        Headers headers = new ConnectHeaders();
        if (contextHeaders) {
            headers.addString("__debezium.context.connectorLogicalName", sourceInfo.prefix());
            headers.addString("__debezium.context.taskId", taskId);
            headers.addString("__debezium.context.connectorName", "postgresql");
        }
        return headers;
    }
}
