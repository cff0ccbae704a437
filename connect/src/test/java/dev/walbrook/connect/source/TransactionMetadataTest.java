package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.capture.Transaction;
import dev.walbrook.postgres.Lsn;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionMetadataTest {

    private static final Transaction TRANSACTION = new Transaction(7, new Lsn(900), new Lsn(100), 5, null);

    private TransactionMetadata metadata = new TransactionMetadata(true, null);

    @Test
    void numbersEventsInTheTransactionAndInTheirTable() {
        metadata.begin(TRANSACTION);

        assertThat(next("s.a", 200)).isEqualTo("7:200 1 1");
        assertThat(next("s.b", 210)).isEqualTo("7:210 2 1");
        assertThat(next("s.a", 220)).isEqualTo("7:220 3 2");
        assertThat(metadata.total()).isEqualTo(3);
        assertThat(metadata.counts())
                .containsExactlyInAnyOrder(
                        new TransactionMetadata.CollectionCount("s.a", 2),
                        new TransactionMetadata.CollectionCount("s.b", 1));
    }

    @Test
    void numberingGoesOnAfterARestart() {
        metadata.begin(TRANSACTION);
        next("s.a", 200);
        next("s.b", 210);
        Map<String, Object> offset = new HashMap<>();
        metadata.addTo(offset);

        metadata = new TransactionMetadata(true, offset);

        assertThat(offset)
                .containsOnly(
                        Map.entry("transaction_id", "7"),
                        Map.entry("transaction_data_collection_order_s.a", 1L),
                        Map.entry("transaction_data_collection_order_s.b", 1L));
        assertThat(next("s.a", 220)).isEqualTo("7:220 3 2");
    }

    @Test
    void aChangeMadeAgainCountsOnce() {
        metadata.begin(TRANSACTION);
        metadata.change(TRANSACTION, 1);
        next("s.a", 200);
        metadata.change(TRANSACTION, 2);
        next("s.a", 210);

        metadata.back();
        metadata.change(TRANSACTION, 2);
        Map<String, Object> before = new HashMap<>();
        metadata.addBefore(before);

        assertThat(before).containsEntry("transaction_data_collection_order_s.a", 1L);
        assertThat(next("s.a", 210)).isEqualTo("7:210 2 2");
    }

    @Test
    void aTransactionWhoseBeginningWasNotCountedStartsAtOne() {
        Transaction earlier = new Transaction(6, new Lsn(90), new Lsn(10), 5, null);
        metadata.begin(earlier);
        metadata.next("s.a", earlier, new Lsn(50));

        assertThat(next("s.a", 210)).isEqualTo("7:210 1 1");
    }

    @Test
    void disabledItNumbersNothing() {
        metadata = new TransactionMetadata(false, Map.of("transaction_id", "7"));
        Map<String, Object> offset = new HashMap<>();

        metadata.addTo(offset);

        assertThat(metadata.next("s.a", TRANSACTION, new Lsn(1))).isNull();
        assertThat(offset).isEmpty();
    }

    private @Nullable String next(String collection, long lsn) {
        Struct block = metadata.next(collection, TRANSACTION, new Lsn(lsn));
        return block == null
                ? null
                : block.getString("id") + " " + block.getInt64("total_order") + " "
                        + block.getInt64("data_collection_order");
    }
}
