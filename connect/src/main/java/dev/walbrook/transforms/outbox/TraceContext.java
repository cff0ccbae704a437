package dev.walbrook.transforms.outbox;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.Headers;

/**
 * Carries the W3C trace context that a service wrote into its outbox row to the record's headers.
 *
 * <p>The column holds either the context in the form of {@link Properties}, as OpenTelemetry's propagator writes it into a
 * map ({@code traceparent=00-...-01}), or the {@code traceparent} alone. The context is passed on as it is: no span is made
 * here, because without a tracing library nobody would report it, and consumers would hang below a span that does not exist.
 */
final class TraceContext {

    private static final String PARENT = "traceparent";
    private static final List<String> OTHERS = List.of("tracestate", "baggage");

    /** Version 00; a later version may append fields. See https://www.w3.org/TR/trace-context/#traceparent-header */
    private static final Pattern TRACE_PARENT = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-[\\x21-\\x7e]*)?");

    private TraceContext() {}

    /** Sets the headers of the context that the column's text holds; text that holds none is left alone. */
    static void propagate(String text, Headers headers) {
        String trimmed = text.trim();
        if (TRACE_PARENT.matcher(trimmed).matches()) {
            set(headers, PARENT, trimmed);
            return;
        }
        Properties context = new Properties();
        try {
            context.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException e) {
            // Tracing must never cost an event; a malformed context is as good as none.
            return;
        }
        String parent = context.getProperty(PARENT);
        if (parent == null || !TRACE_PARENT.matcher(parent.trim()).matches()) {
            return;
        }
        set(headers, PARENT, parent.trim());
        for (String name : OTHERS) {
            String value = context.getProperty(name);
            if (value != null && !value.isBlank()) {
                set(headers, name, value);
            }
        }
    }

    private static void set(Headers headers, String name, String value) {
        headers.remove(name).add(name, value, Schema.STRING_SCHEMA);
    }
}
