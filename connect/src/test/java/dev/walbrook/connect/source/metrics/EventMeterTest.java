package dev.walbrook.connect.source.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.capture.Transaction;
import dev.walbrook.connect.metrics.LagStatistics;
import dev.walbrook.connect.source.metrics.EventMeter.Kind;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;

class EventMeterTest {

    private static final TableId ORDERS = new TableId("public", "orders");
    private static final TableId ITEMS = new TableId("public", "items");
    /** In milliseconds. */
    private static final long COMMIT = 1_700_000_000_000L;

    private final EventMeter meter = new EventMeter();

    @Test
    void countsShowWhenTheBatchEnds() {
        Transaction transaction = transaction(7, COMMIT);
        meter.count(Kind.CREATE, ORDERS, transaction);
        meter.count(Kind.UPDATE, ORDERS, transaction);
        assertThat(meter.total()).isZero();

        meter.publish(new Lsn(100), null, COMMIT + 250);

        assertThat(meter.total()).isEqualTo(2);
        assertThat(meter.total(Kind.CREATE)).isEqualTo(1);
        assertThat(meter.byTable(Kind.UPDATE)).isEqualTo(Map.of("public.orders", 1L));
        assertThat(meter.transactions()).isEqualTo(1);
        assertThat(meter.lag(LagStatistics::max)).isEqualTo(250L);
    }

    @Test
    void aTransactionInTwoBatchesIsOne() {
        Transaction transaction = transaction(7, COMMIT);
        meter.count(Kind.CREATE, ORDERS, transaction);
        meter.publish(new Lsn(100), null, COMMIT + 10);
        meter.count(Kind.CREATE, ITEMS, transaction);
        meter.count(Kind.CREATE, ITEMS, transaction(8, COMMIT + 5));
        meter.publish(new Lsn(200), null, COMMIT + 30);

        assertThat(meter.transactions()).isEqualTo(2);
        assertThat(meter.byTable(Kind.CREATE)).isEqualTo(Map.of("public.orders", 1L, "public.items", 2L));
        assertThat(meter.lag(LagStatistics::min)).isEqualTo(10L);
        assertThat(meter.lag(LagStatistics::max)).isEqualTo(30L);
        assertThat(meter.lag(LagStatistics::average)).isEqualTo((10 + 30 + 25) / 3.0);
    }

    @Test
    void theLastEventShowsPositionAndKeyAlone() {
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("code", Schema.OPTIONAL_STRING_SCHEMA)
                .field("raw", Schema.BYTES_SCHEMA)
                .build();
        meter.count(Kind.CREATE, ORDERS, transaction(7, COMMIT));

        meter.publish(
                new Lsn(100), new Struct(schema).put("id", 5L).put("code", "x").put("raw", new byte[] {1, -1}), COMMIT);

        assertThat(meter.lastEvent())
                .isEqualTo("position: {lsn: 100}, key: {\"id\" : \"5\", \"code\" : \"x\", \"raw\" : [1, -1]}");
    }

    @Test
    void theLagIsTheLastEventsThenNothingThenGrows() {
        assertThat(meter.millisBehind(COMMIT)).isEqualTo(-1);

        meter.count(Kind.CREATE, ORDERS, transaction(7, COMMIT));
        meter.publish(new Lsn(100), null, COMMIT + 400);
        assertThat(meter.millisBehind(COMMIT + 1_000)).as("just emitted").isEqualTo(400);
        assertThat(meter.millisBehind(COMMIT + 60_000))
                .as("neither events nor word that there are none")
                .isEqualTo(60_000);

        meter.upToDate(COMMIT + 61_000);
        assertThat(meter.millisBehind(COMMIT + 61_500)).as("idle").isZero();
        assertThat(meter.millisBehind(COMMIT + 91_000)).as("not heard of again").isEqualTo(30_000);
    }

    @Test
    void aResetForgetsTheCountsButNotTheTables() {
        meter.count(Kind.CREATE, ORDERS, transaction(7, COMMIT));
        meter.publish(new Lsn(100), null, COMMIT);

        meter.reset();
        meter.count(Kind.CREATE, ORDERS, transaction(8, COMMIT));
        meter.publish(new Lsn(200), null, COMMIT);

        assertThat(meter.total()).isEqualTo(1);
        assertThat(meter.byTable(Kind.CREATE)).isEqualTo(Map.of("public.orders", 1L));
        assertThat(meter.transactions()).isEqualTo(1);
    }

    private static Transaction transaction(long xid, long commitMillis) {
        return new Transaction(xid, new Lsn(xid * 100), Lsn.INVALID, commitMillis * 1000, null);
    }
}
