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

    private static final long UNBOUNDED = Long.MAX_VALUE;

    private final HandOver handOver = new HandOver(100, 0);

    @Test
    void givesEventsInOrder() throws Exception {
        handOver.offer(events(1, 2), 10, UNBOUNDED, NO_WAIT);
        handOver.offer(events(3), 10, UNBOUNDED, NO_WAIT);

        assertThat(handOver.take(10, NO_WAIT)).isEqualTo(events(1, 2, 3));
    }

    @Test
    void neverSplitsAChunk() throws Exception {
        handOver.offer(events(1, 2), 10, UNBOUNDED, NO_WAIT);
        handOver.offer(events(3, 4), 10, UNBOUNDED, NO_WAIT);

        assertThat(handOver.take(3, NO_WAIT)).isEqualTo(events(1, 2));
        assertThat(handOver.take(1, NO_WAIT)).isEqualTo(events(3, 4));
    }

    @Test
    void refusesWhatDoesNotFit() throws Exception {
        handOver.offer(events(1), 60, UNBOUNDED, NO_WAIT);

        assertThat(handOver.offer(events(2), 60, UNBOUNDED, NO_WAIT)).isFalse();
        assertThat(handOver.bytes()).isEqualTo(60);
    }

    @Test
    void acceptsAnOversizedChunkWhenEmpty() throws Exception {
        assertThat(handOver.offer(events(1), 1_000, UNBOUNDED, NO_WAIT)).isTrue();
    }

    @Test
    void aWaitingOfferGoesOnOnceThereIsRoom() throws Exception {
        handOver.offer(events(1), 60, UNBOUNDED, NO_WAIT);
        CompletableFuture<Boolean> offered = offerLater(events(2), 60, UNBOUNDED);

        List<CaptureEvent> taken = new ArrayList<>(handOver.take(1, LONG));
        taken.addAll(handOver.take(1, LONG));

        assertThat(offered.join()).isTrue();
        assertThat(taken).isEqualTo(events(1, 2));
    }

    @Test
    void aBoundOfOnesOwnCountsWhatAllHaveLeft() throws Exception {
        handOver.offer(events(1), 30, UNBOUNDED, NO_WAIT);

        assertThat(handOver.offer(events(2), 20, 40, NO_WAIT)).isFalse();
        assertThat(handOver.offer(events(2), 20, UNBOUNDED, NO_WAIT)).isTrue();
    }

    @Test
    void offersOfDifferentBoundsAllGoOn() throws Exception {
        for (long i = 0; i < 10; i++) {
            handOver.offer(events(i), 10, UNBOUNDED, NO_WAIT);
        }
        List<CompletableFuture<Boolean>> offered = List.of(
                offerLater(events(10), 10, UNBOUNDED), offerLater(events(11), 10, 20), offerLater(events(12), 90, 1));

        List<CaptureEvent> taken = new ArrayList<>();
        while (taken.size() < 13) {
            taken.addAll(handOver.take(1, LONG));
        }

        assertThat(offered).allMatch(CompletableFuture::join);
        assertThat(taken.subList(0, 10)).isEqualTo(events(0, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    }

    private CompletableFuture<Boolean> offerLater(List<CaptureEvent> events, long weight, long bound) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return handOver.offer(events, weight, bound, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void anEmptyTakeReturnsNothingInTime() throws Exception {
        assertThat(handOver.take(10, NO_WAIT)).isEmpty();
    }

    @Test
    void aFailureComesAfterTheEventsBeforeIt() throws Exception {
        handOver.offer(events(1), 10, UNBOUNDED, NO_WAIT);
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
