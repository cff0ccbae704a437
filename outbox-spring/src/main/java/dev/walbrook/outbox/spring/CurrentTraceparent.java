package dev.walbrook.outbox.spring;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The current span's context in the form of the W3C's {@code traceparent} header. */
final class CurrentTraceparent implements Supplier<@Nullable String> {

    private final Tracer tracer;

    CurrentTraceparent(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public @Nullable String get() {
        TraceContext context = tracer.currentTraceContext().context();
        return context == null || context.traceId().isEmpty() ? null : format(context);
    }

    static String format(TraceContext context) {
        String flags = Boolean.TRUE.equals(context.sampled()) ? "01" : "00";
        // A tracer may use ids of 64 bits; the header's trace id always has 128.
        return "00-" + "0".repeat(Math.max(0, 32 - context.traceId().length())) + context.traceId() + "-"
                + context.spanId() + "-" + flags;
    }
}
