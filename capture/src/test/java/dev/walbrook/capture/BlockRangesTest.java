package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockRangesTest {

    @Test
    void dividesATableEvenlyFromItsFirstBlockToWhateverIsItsLast() {
        assertThat(BlockRanges.conditions(List.of(90L), 3, 10))
                .containsExactly(
                        "ctid < '(30,0)'::pg_catalog.tid",
                        "ctid >= '(30,0)'::pg_catalog.tid AND ctid < '(60,0)'::pg_catalog.tid",
                        "ctid >= '(60,0)'::pg_catalog.tid");
    }

    @Test
    void makesNoRangeSmallerThanIsWorthIt() {
        assertThat(BlockRanges.conditions(List.of(39L), 8, 10)).hasSize(3);
        assertThat(BlockRanges.conditions(List.of(19L), 8, 10)).isEmpty();
        assertThat(BlockRanges.conditions(List.of(0L), 8, 1)).isEmpty();
        assertThat(BlockRanges.conditions(List.of(), 8, 1)).isEmpty();
        assertThat(BlockRanges.conditions(List.of(1000L), 1, 10)).isEmpty();
    }

    @Test
    void dividesPartitionsOfAnySizesSideBySide() {
        // 10 blocks before number 10 in each of the three, 20 before number 20 in each of two: 50 of 100.
        assertThat(BlockRanges.conditions(List.of(10L, 20L, 70L), 2, 1))
                .containsExactly("ctid < '(20,0)'::pg_catalog.tid", "ctid >= '(20,0)'::pg_catalog.tid");
    }

    @Test
    void partitionsOfOneBlockEachAreNotDivided() {
        assertThat(BlockRanges.conditions(List.of(1L, 1L, 1L, 1L), 4, 1)).isEmpty();
    }

    @Test
    void numbersOfTheLargestTableFit() {
        long largest = 0xFFFF_FFFEL;

        assertThat(BlockRanges.conditions(List.of(largest), 2, 1024))
                .containsExactly("ctid < '(2147483647,0)'::pg_catalog.tid", "ctid >= '(2147483647,0)'::pg_catalog.tid");
    }
}
