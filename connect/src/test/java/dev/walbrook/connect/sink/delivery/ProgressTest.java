package dev.walbrook.connect.sink.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    private final Progress progress = new Progress(false);

    @Test
    void whatWasGivenUpIsNotLeftBehind() {
        progress.open(List.of(ORDERS));
        progress.take(ORDERS, 0, null);
        progress.take(ORDERS, 1, null);
        progress.delivered();

        progress.abandoned();

        // Connect commits once more when a task fails, and has put both records behind it.
        assertThat(progress.committable(consumed(2))).isEmpty();
    }

    @Test
    void whatWasGivenUpAndThenWrittenIsCommitted() {
        progress.open(List.of(ORDERS));
        progress.take(ORDERS, 0, null);
        progress.abandoned();

        progress.take(ORDERS, 0, null);
        progress.written();

        assertThat(progress.committable(consumed(1))).isEqualTo(consumed(1));
    }

    @Test
    void whatTransformsLeaveOutIsCommitted() {
        progress.open(List.of(ORDERS));

        assertThat(progress.committable(consumed(5))).isEqualTo(consumed(5));
    }

    private static Map<TopicPartition, OffsetAndMetadata> consumed(long next) {
        return Map.of(ORDERS, new OffsetAndMetadata(next));
    }
}
