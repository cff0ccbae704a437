package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.Lsn;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class EventWriterTest {

    private static final CaptureEvent EVENT = new Progress(new Lsn(1), null);

    private final HandOver handOver = new HandOver(1_000, 0);
    private final EventWriter writer = new EventWriter(handOver, 3, () -> false);

    @Test
    void aFullChunkIsDue() {
        for (int i = 0; i < 3; i++) {
            writer.add(EVENT);
        }

        assertThat(writer.isDue()).isTrue();
    }

    @Test
    void oneEventIsDueSoon() throws Exception {
        writer.add(EVENT);

        Awaitility.await().until(writer::isDue);
        writer.flush(() -> {});

        assertThat(handOver.take(10, Duration.ZERO)).isEqualTo(List.of(EVENT));
    }

    @Test
    void nothingIsNeverDue() throws Exception {
        writer.add(EVENT);
        Awaitility.await().until(writer::isDue);
        writer.flush(() -> {});

        assertThat(writer.isDue()).isFalse();
    }
}
