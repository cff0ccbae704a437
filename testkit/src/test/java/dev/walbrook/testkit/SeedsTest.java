package dev.walbrook.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SeedsTest {

    private final String configured = System.getProperty(Seeds.SEED_PROPERTY);

    @AfterEach
    void restoreTheProperty() {
        if (configured == null) {
            System.clearProperty(Seeds.SEED_PROPERTY);
        } else {
            System.setProperty(Seeds.SEED_PROPERTY, configured);
        }
    }

    @Test
    void repeatsTheSeedThatIsGiven() {
        System.setProperty(Seeds.SEED_PROPERTY, "-42");

        assertThat(Seeds.choose()).isEqualTo(-42);
        assertThat(Seeds.random().nextLong()).isEqualTo(Seeds.random().nextLong());
    }

    @Test
    void choosesAnotherSeedEachTimeOtherwise() {
        System.clearProperty(Seeds.SEED_PROPERTY);

        assertThat(Seeds.choose()).isNotEqualTo(Seeds.choose());
    }
}
