package dev.walbrook.connect.source;

import dev.walbrook.connect.source.type.ColumnMappings;
import dev.walbrook.connect.source.type.FailureHandling;
import dev.walbrook.connect.source.type.MessageKeys;
import dev.walbrook.connect.source.type.NameAdjustment;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all records of a connector.
 *
 * @param partition Connect's source partition, under which offsets are stored
 * @param topics names the topics
 * @param schemaNames makes the names of schemas fit for Avro
 * @param fieldNames makes the names of fields fit for Avro
 * @param keys which columns are the keys
 * @param mappings represents the columns
 * @param sourceInfo makes the source blocks
 * @param columns which columns, as {@code schema.table.column}, are in the values; keys always keep theirs
 * @param tombstones whether a delete is followed by a record without value, which compaction needs
 * @param skippedOperations the letters of the operations that are not emitted
 * @param skipUnchanged whether updates that change nothing a consumer sees are left out
 * @param context the headers that say where records come from; empty for none
 * @param conversionFailures what to do with a value that cannot be represented
 * @param processingFailures what to do with a change of which no record can be made
 * @param deadLetterTopic where such a change goes, unless it is a failure; null for nowhere
 */
record RecordSettings(
        Map<String, String> partition,
        TopicNaming topics,
        NameAdjustment schemaNames,
        NameAdjustment fieldNames,
        MessageKeys keys,
        ColumnMappings mappings,
        SourceInfo sourceInfo,
        Predicate<String> columns,
        boolean tombstones,
        Set<String> skippedOperations,
        boolean skipUnchanged,
        List<Header> context,
        FailureHandling conversionFailures,
        FailureHandling processingFailures,
        @Nullable String deadLetterTopic) {

    /** The headers of a record that has none of its own. */
    Headers headers() {
        Headers headers = new ConnectHeaders();
        addContext(headers);
        return headers;
    }

    void addContext(Headers headers) {
        context.forEach(headers::add);
    }
}
