package dev.walbrook.outbox.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import org.junit.jupiter.api.Test;

class CurrentTraceparentTest {

    @Test
    void writesTheFormOfTheHeader() {
        assertThat(CurrentTraceparent.format(new Context("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", true)))
                .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    }

    @Test
    void padsShortTraceIds() {
        assertThat(CurrentTraceparent.format(new Context("a3ce929d0e0e4736", "00f067aa0ba902b7", null)))
                .isEqualTo("00-0000000000000000a3ce929d0e0e4736-00f067aa0ba902b7-00");
    }

    @Test
    void isNothingOutsideATrace() {
        assertThat(new CurrentTraceparent(Tracer.NOOP).get()).isNull();
    }

    /** A context as a tracer would give it; sampled is null while nothing is decided. */
    private record Context(String traceId, String spanId, Boolean sampled) implements TraceContext {

        @Override
        public String parentId() {
            return "";
        }
    }
}
