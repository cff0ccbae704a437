package dev.walbrook.transforms.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static ConnectHeaders propagate(String text) {
        ConnectHeaders headers = new ConnectHeaders();
        TraceContext.propagate(text, headers);
        return headers;
    }

    @Test
    void takesATraceParentAlone() {
        ConnectHeaders headers = propagate(" " + PARENT + "\n");

        Header header = headers.lastWithName("traceparent");
        assertThat(header.value()).isEqualTo(PARENT);
        assertThat(header.schema()).isEqualTo(Schema.STRING_SCHEMA);
        assertThat(headers.size()).isOne();
    }

    @Test
    void takesProperties() {
        ConnectHeaders headers =
                propagate("#comment\ntraceparent=" + PARENT + "\ntracestate=vendor\\=x\nbaggage=user=7\nother=1\n");

        assertThat(headers.lastWithName("traceparent").value()).isEqualTo(PARENT);
        assertThat(headers.lastWithName("tracestate").value()).isEqualTo("vendor=x");
        assertThat(headers.lastWithName("baggage").value()).isEqualTo("user=7");
        assertThat(headers.size()).isEqualTo(3);
    }

    @Test
    void replacesTheHeaderThatIsThere() {
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("traceparent", "old");

        TraceContext.propagate(PARENT, headers);

        assertThat(headers.size()).isOne();
        assertThat(headers.lastWithName("traceparent").value()).isEqualTo(PARENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "tracestate=a=b",
                "traceparent=",
                "traceparent=\\u12",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
            })
    void leavesWhatIsNoContextAlone(String text) {
        assertThat(propagate(text).isEmpty()).isTrue();
    }
}
