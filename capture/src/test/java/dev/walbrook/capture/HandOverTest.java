package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.postgres.Lsn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HandOverTest {

    private static final Duration NO_WAIT = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final HandOver handOver = new HandOver(100, 0);

    @Test
    void givesEventsInOrder() throws Exception {
        handOver.offer(events(1, 2), 10, NO_WAIT);
        handOver.offer(events(3), 10, NO_WAIT);

        assertThat(handOver.take(10, NO_WAIT)).isEqualTo(events(1, 2, 3));
    }

    @Test
    void neverSplitsAChunk() throws Exception {
        handOver.offer(events(1, 2), 10, NO_WAIT);
        handOver.offer(events(3, 4), 10, NO_WAIT);

        assertThat(handOver.take(3, NO_WAIT)).isEqualTo(events(1, 2));
        assertThat(handOver.take(1, NO_WAIT)).isEqualTo(events(3, 4));
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        handOver.offer(events(1), 60, NO_WAIT);

        assertThat(handOver.offer(events(2), 60, NO_WAIT)).isFalse();
        assertThat(handOver.bytes()).isEqualTo(60);
    }

    @Test
    void acceptsAnOversizedChunkWhenEmpty() throws Exception {
        assertThat(handOver.offer(events(1), 1_000, NO_WAIT)).isTrue();
    }

    @Test
    void aWaitingOfferGoesOnOnceThereIsRoom() throws Exception {
        handOver.offer(events(1), 60, NO_WAIT);
        CompletableFuture<Boolean> offered = CompletableFuture.supplyAsync(() -> {
            try {
                return handOver.offer(events(2), 60, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        List<CaptureEvent> taken = new ArrayList<>(handOver.take(1, LONG));
        taken.addAll(handOver.take(1, LONG));

        assertThat(offered.join()).isTrue();
        assertThat(taken).isEqualTo(events(1, 2));
    }

    @Test
    void anEmptyTakeReturnsNothingInTime() throws Exception {
        assertThat(handOver.take(10, NO_WAIT)).isEmpty();
    }

    @Test
    void aFailureComesAfterTheEventsBeforeIt() throws Exception {
        handOver.offer(events(1), 10, NO_WAIT);
        handOver.fail(new IllegalStateException("gone"));

        assertThat(handOver.take(10, NO_WAIT)).isEqualTo(events(1));
        assertThatThrownBy(() -> handOver.take(10, NO_WAIT)).hasMessage("gone");
    }

    private static List<CaptureEvent> events(long... positions) {
        List<CaptureEvent> events = new ArrayList<>();
        for (long position : positions) {
            events.add(new Progress(new Lsn(position)));
        }
        return events;
    }
}
