package dev.walbrook.connect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What the source tells the sink about single columns of a record, beside the record's value: the exact text of values whose
 * representation loses something, and the columns whose value is missing.
 *
 * <p>The headers' schemas have names. A header that arrives with its schema's name came through a converter that keeps
 * schemas and is taken as it is. Connect's SimpleHeaderConverter drops the name; it also puts a backslash before quotes and
 * backslashes and never takes it off again. From a header without the name only text without these two is taken.
 */
public final class ColumnHeaders {

    /** PostgreSQL's text of columns of the row after. */
    public static final String EXACT_AFTER = "__walbrook.exact.values";

    /** PostgreSQL's text of columns of the whole row before. */
    public static final String EXACT_BEFORE = "__walbrook.exact.before";

    /** The columns whose value is missing although no placeholder can say so. */
    public static final String UNAVAILABLE = "__walbrook.unavailable.columns";

    private static final Schema TEXTS = SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
            .name("dev.walbrook.ColumnTexts")
            .build();
    private static final Schema NAMES = SchemaBuilder.array(Schema.STRING_SCHEMA)
            .name("dev.walbrook.ColumnNames")
            .build();

    private ColumnHeaders() {}

    /** @param texts PostgreSQL's text of the values by the columns' names */
    public static void addTexts(Headers headers, String name, Map<String, String> texts) {
        headers.add(name, texts, TEXTS);
    }

    /** @param columns the columns' names */
    public static void addNames(Headers headers, String name, List<String> columns) {
        headers.add(name, columns, NAMES);
    }

    /**
     * The texts by the columns' names; empty if there is no such header.
     *
     * @return null if the header is there, but what it says is not certain
     */
    @SuppressWarnings("unchecked") // Every key and value has been seen to be a string.
    public static @Nullable Map<String, String> texts(Headers headers, String name) {
        Header header = headers.lastWithName(name);
        if (header == null) {
            return Map.of();
        }
        if (!(header.value() instanceof Map<?, ?> texts)) {
            return null;
        }
        boolean whole = isNamed(header, TEXTS);
        for (Map.Entry<?, ?> entry : texts.entrySet()) {
            if (!isCertain(entry.getKey(), whole) || !isCertain(entry.getValue(), whole)) {
                return null;
            }
        }
        return (Map<String, String>) texts;
    }

    /**
     * The columns' names; empty if there is no such header.
     *
     * @return null if the header is there, but what it says is not certain
     */
    public static @Nullable List<String> names(Headers headers, String name) {
        Header header = headers.lastWithName(name);
        if (header == null) {
            return List.of();
        }
        if (!(header.value() instanceof List<?> list)) {
            return null;
        }
        boolean whole = isNamed(header, NAMES);
        List<String> names = new ArrayList<>();
        for (Object each : list) {
            if (!isCertain(each, whole)) {
                return null;
            }
            names.add((String) each);
        }
        return names;
    }

    private static boolean isNamed(Header header, Schema schema) {
        return header.schema() != null && schema.name().equals(header.schema().name());
    }

    private static boolean isCertain(@Nullable Object value, boolean whole) {
        return value instanceof String text && (whole || (text.indexOf('"') < 0 && text.indexOf('\\') < 0));
    }
}
