package dev.walbrook.admin.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeySampleTest {

    @Test
    void drawsOnlyWhatWasAddedAndNotRemoved() {
        KeySample sample = new KeySample(50);
        Set<Long> added = new HashSet<>();
        Set<Long> removed = new HashSet<>();
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            long key = random.nextInt(200);
            if (random.nextBoolean()) {
                sample.add(key);
                added.add(key);
                removed.remove(key);
            } else {
                sample.remove(key);
                removed.add(key);
            }
            assertThat(sample.size()).as("seed %d", seed).isLessThanOrEqualTo(50);
            if (!sample.isEmpty()) {
                long drawn = sample.any(random);
                assertThat(added).as("seed %d", seed).contains(drawn);
                assertThat(removed).as("seed %d", seed).doesNotContain(drawn);
            }
        }
    }
}
