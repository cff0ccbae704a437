package dev.walbrook.connect.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LagStatisticsTest {

    private final LagStatistics statistics = new LagStatistics();

    @Test
    void nothingIsKnownWithoutAnEvent() {
        assertThat(statistics.min()).isNull();
        assertThat(statistics.max()).isNull();
        assertThat(statistics.average()).isNull();
        assertThat(statistics.quantile(0.5)).isNull();
    }

    @Test
    void quantilesAreRightToOnePerCent() {
        long seed = Seeds.choose();
        Random random = new Random(seed);
        long[] lags = new long[10_000];
        for (int i = 0; i < lags.length; i++) {
            lags[i] = 50 + (long) Math.exp(random.nextDouble() * 12);
            statistics.add(lags[i], 1);
        }
        Arrays.sort(lags);

        for (double share : new double[] {0.5, 0.95, 0.99}) {
            assertThat(statistics.quantile(share))
                    .as("share %s, seed %s", share, seed)
                    .isCloseTo((double) lags[(int) Math.ceil(share * lags.length) - 1], Percentage.withPercentage(1.5));
        }
        assertThat(statistics.min()).isEqualTo(lags[0]);
        assertThat(statistics.max()).isEqualTo(lags[lags.length - 1]);
        assertThat(statistics.average())
                .isCloseTo(Arrays.stream(lags).average().orElseThrow(), Percentage.withPercentage(0.001));
    }

    @Test
    void aClockThatIsAheadMakesNoNegativeLag() {
        statistics.add(-5, 2);

        assertThat(statistics.min()).isZero();
        assertThat(statistics.quantile(0.99)).isZero();
    }

    @Test
    void weighsByTheNumberOfEvents() {
        statistics.add(10, 99);
        statistics.add(1_000, 1);

        assertThat(statistics.quantile(0.95)).isCloseTo(10, Percentage.withPercentage(1));
        assertThat(statistics.average()).isEqualTo(19.9);
    }

    @Test
    void aResetForgets() {
        statistics.add(10, 1);

        statistics.reset();

        assertThat(statistics.max()).isNull();
    }
}
