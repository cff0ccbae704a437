package dev.walbrook.connect.sink.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.connect.sink.delivery.Progress;
import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.record.RowChange;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.connect.sink.write.ReadRecord;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class TransactionBufferTest {

    private static final TopicPartition ENDS = new TopicPartition("shop.transaction", 0);
    private static final TopicPartition A = new TopicPartition("shop.s.a", 0);
    private static final TopicPartition B = new TopicPartition("shop.s.b", 0);

    private final TransactionBuffer buffer =
            new TransactionBuffer(new Subscription(Set.of(), Pattern.compile("shop\\..*")));
    private final Map<TopicPartition, Long> offsets = new HashMap<>();

    @Test
    void handsOutWholeTransactionsInTheOrderOfTheirCommits() {
        event(B, 7, 70, 2);
        event(A, 8, 80, 1);
        end(7, 100, "s.a", 1, "s.b", 1);
        end(8, 200, "s.a", 1);
        assertThat(ready()).isEmpty();

        event(A, 7, 60, 1);

        assertThat(ready()).containsExactly(List.of("7/1", "7/2"), List.of("8/1"));
        assertThat(buffer.holds()).isEmpty();
    }

    @Test
    void holdsTheOffsetsBackToWhatIsNotWritten() {
        begin(7);
        event(A, 7, 60, 1);
        end(7, 100, "s.a", 1);
        begin(8);
        event(A, 8, 110, 1);
        event(A, 8, 111, 2);

        assertThat(ready()).containsExactly(List.of("7/1"));

        // The next to be read of the topic of transactions is the begin, so that what is before it is an end.
        assertThat(buffer.holds()).hasSize(2);
        assertThat(buffer.holds().get(A).offset()).isEqualTo(1);
        assertThat(buffer.holds().get(ENDS).offset()).isEqualTo(2);
    }

    @Test
    void doesNotWaitForWhatTheConnectorDoesNotRead() {
        TransactionBuffer listed =
                new TransactionBuffer(new Subscription(Set.of("shop.transaction", "shop.s.a"), null));
        listed.add(A, place(A), new Mark.Event(7, 60, 1, "s.a"), read("7/1"), 10);
        listed.add(
                ENDS, place(ENDS), new Mark.End(7, 100, 1, Map.of("s.a", 1L, "s.other", 5L, "message", 2L)), null, 0);

        assertThat(listed.ready(1)).hasSize(1);
    }

    @Test
    void leavesOutWhatASourceThatWasInterruptedRepeats() {
        event(A, 7, 60, 1);
        event(A, 7, 61, 2);
        end(7, 100, "s.a", 2);
        assertThat(ready()).containsExactly(List.of("7/1", "7/2"));
        buffer.written();

        event(A, 7, 61, 2);
        end(7, 100, "s.a", 2);
        event(A, 8, 90, 1);
        event(A, 8, 91, 2);
        event(A, 8, 91, 2);
        event(A, 8, 92, 3);
        end(8, 200, "s.a", 3);

        assertThat(ready()).containsExactly(List.of("8/1", "8/2", "8/3"));
        assertThat(buffer.holds()).isEmpty();
    }

    @Test
    void recognisesARepetitionAfterARestartByTheLastEndThatWasWritten() {
        buffer.startAfter(new Mark.End(7, 100, 1, Map.of("s.a", 2L)));
        event(A, 6, 50, 3);
        event(A, 7, 60, 1);
        end(6, 90, "s.a", 3);
        end(7, 100, "s.a", 2);
        event(A, 8, 90, 1);
        end(8, 200, "s.a", 1);

        assertThat(ready()).containsExactly(List.of("8/1"));
        assertThat(buffer.holds()).isEmpty();
    }

    @Test
    void takesASourceThatBeganAnewAtAnEarlierPlaceForNew() {
        buffer.startAfter(new Mark.End(700, 1_000, 50, Map.of()));
        event(A, 7, 60, 1);
        buffer.add(ENDS, place(ENDS), new Mark.End(7, 100, 60, Map.of("s.a", 1L)), null, 0);

        assertThat(ready()).containsExactly(List.of("7/1"));
    }

    @Test
    void dropsWhatNeverEnded() {
        event(A, 7, 60, 1);
        event(A, 8, 110, 1);
        end(8, 200, "s.a", 1);

        assertThat(ready()).containsExactly(List.of("8/1"));
        assertThat(buffer.holds()).isEmpty();
        assertThat(buffer.bytes()).isZero();
    }

    @Test
    void keepsRowsOfSnapshotsInTheirPlace() {
        row(A, "first");
        event(A, 7, 60, 1);
        row(A, "second");
        assertThat(ready()).containsExactly(List.of("first"));

        end(7, 100, "s.a", 1);

        assertThat(ready()).containsExactly(List.of("7/1"), List.of("second"));
    }

    @Test
    void namesThePartitionsThatAreAhead() {
        event(A, 7, 60, 1);
        event(A, 8, 110, 1);
        event(B, 7, 61, 2);

        assertThat(buffer.ahead()).containsExactly(A);
        assertThat(buffer.largest()).isEqualTo(20);
        assertThat(buffer.bytes()).isEqualTo(30);
    }

    @Test
    void forgetsWhatIsDeliveredAgain() {
        event(A, 7, 60, 1);
        end(7, 100, "s.a", 1);
        assertThat(ready()).hasSize(1);

        buffer.clear();
        event(A, 7, 60, 1);
        end(7, 100, "s.a", 1);

        assertThat(ready()).containsExactly(List.of("7/1"));
    }

    @Test
    void refusesTopicsOfOtherNames() {
        end(6, 90);

        assertThatThrownBy(() -> event(new TopicPartition("routed", 0), 7, 60, 1))
                .isInstanceOf(WalbrookException.class)
                .hasMessageContaining("routed")
                .hasMessageContaining("without routing");
    }

    @Test
    void refusesTwoSourcesAndAnUnorderedTopicOfTransactions() {
        end(6, 90);

        assertThatThrownBy(() -> buffer.add(
                        new TopicPartition("other.transaction", 0),
                        new Progress.Hold(0, null),
                        new Mark.Begin(1),
                        null,
                        0))
                .hasMessageContaining("a sink connector of its own");
        assertThatThrownBy(() -> buffer.add(
                        new TopicPartition("shop.transaction", 1),
                        new Progress.Hold(0, null),
                        new Mark.Begin(1),
                        null,
                        0))
                .hasMessageContaining("one partition");
    }

    @Test
    void saysWhatItWaitsFor() {
        assertThat(buffer.waitsFor()).isNull();
        event(A, 7, 60, 1);
        assertThat(buffer.waitsFor()).contains("must be among the topics");
        end(7, 100, "s.a", 2);
        assertThat(buffer.waitsFor()).contains("{s.a=1 of 2}");
    }

    private List<List<String>> ready() {
        return buffer.ready(100).stream()
                .map(whole -> whole.stream()
                        .map(record -> record.record().key().toString())
                        .toList())
                .toList();
    }

    private void begin(long xid) {
        buffer.add(ENDS, place(ENDS), new Mark.Begin(xid), null, 0);
    }

    private void event(TopicPartition partition, long xid, long lsn, long order) {
        String collection = partition.topic().replaceFirst("^[^.]*\\.", "");
        buffer.add(
                partition, place(partition), new Mark.Event(xid, lsn, order, collection), read(xid + "/" + order), 10);
    }

    private void end(long xid, long lsn, Object... counts) {
        Map<String, Long> events = new HashMap<>();
        for (int i = 0; i < counts.length; i += 2) {
            events.put((String) counts[i], ((Integer) counts[i + 1]).longValue());
        }
        buffer.add(ENDS, place(ENDS), new Mark.End(xid, lsn, 1, events), null, 0);
    }

    private void row(TopicPartition partition, String name) {
        buffer.add(partition, place(partition), Mark.OUTSIDE, read(name), 10);
    }

    private Progress.Hold place(TopicPartition partition) {
        return new Progress.Hold(offsets.merge(partition, 1L, Long::sum) - 1, null);
    }

    private static ReadRecord read(String name) {
        SinkRecord record = new SinkRecord("t", 0, null, name, null, null, 0);
        return new ReadRecord(record, new RowChange.Truncate(new Origin("t", 0, 0), new TableName("s", "t")));
    }
}
