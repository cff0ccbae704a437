package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.Lsn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {

    private final Acknowledgements acknowledgements = new Acknowledgements(new Lsn(100));

    @Test
    void startsAtWhatWasConfirmedBefore() {
        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(100));
    }

    @Test
    void progressWithoutRecordsIsConfirmableAtOnce() {
        acknowledgements.progress(new Lsn(200));

        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(200));
    }

    @Test
    void nothingIsConfirmableWhileATransactionIsStillOpen() {
        Acknowledgements.Unit unit = acknowledgements.current();
        unit.add();

        unit.delivered();

        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(100));
    }

    @Test
    void aTransactionIsConfirmableOnceAllItsRecordsAreDelivered() {
        Acknowledgements.Unit unit = acknowledgements.current();
        unit.add();
        unit.add();
        acknowledgements.progress(new Lsn(200));
        unit.delivered();
        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(100));

        unit.delivered();

        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(200));
    }

    @Test
    void aLaterTransactionWaitsForAnEarlierOne() {
        Acknowledgements.Unit first = acknowledgements.current();
        first.add();
        acknowledgements.progress(new Lsn(200));
        Acknowledgements.Unit second = acknowledgements.current();
        second.add();
        acknowledgements.progress(new Lsn(300));

        second.delivered();
        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(100));
        first.delivered();

        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(300));
    }

    @Test
    void progressAfterAnUndeliveredTransactionIsConfirmedWithIt() {
        Acknowledgements.Unit unit = acknowledgements.current();
        unit.add();
        acknowledgements.progress(new Lsn(200));
        acknowledgements.progress(new Lsn(250));
        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(100));

        unit.delivered();

        assertThat(acknowledgements.confirmable()).isEqualTo(new Lsn(250));
    }

    @Test
    void anyOrderOfDeliveriesEndsAtTheLastTransactionAndNeverPassesAnUndeliveredOne() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            Acknowledgements tracked = new Acknowledgements(Lsn.INVALID);
            List<long[]> deliveries = new ArrayList<>();
            List<Acknowledgements.Unit> units = new ArrayList<>();
            int transactions = 1 + random.nextInt(20);
            for (int i = 0; i < transactions; i++) {
                Acknowledgements.Unit unit = tracked.current();
                units.add(unit);
                int records = 1 + random.nextInt(5);
                for (int k = 0; k < records; k++) {
                    unit.add();
                    deliveries.add(new long[] {i});
                }
                tracked.progress(new Lsn(10L * (i + 1)));
            }
            Collections.shuffle(deliveries, random);
            int[] outstanding = new int[transactions];
            deliveries.forEach(delivery -> outstanding[(int) delivery[0]]++);
            for (long[] delivery : deliveries) {
                units.get((int) delivery[0]).delivered();
                outstanding[(int) delivery[0]]--;
                int whole = 0;
                while (whole < transactions && outstanding[whole] == 0) {
                    whole++;
                }
                assertThat(tracked.confirmable()).as("seed %d", seed).isEqualTo(new Lsn(10L * whole));
            }
        }
    }
}
