package dev.walbrook.postgres.codec;

import static dev.walbrook.postgres.codec.Seeded.assertRefused;
import static dev.walbrook.postgres.codec.Seeded.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PointTextTest {

    @Test
    void readsPoints() {
        assertThat(read(PointText::parse, "(1,2)")).isEqualTo(new Point(1, 2));
        assertThat(read(PointText::parse, "(-0.5,1e+300)")).isEqualTo(new Point(-0.5, 1e300));
        assertThat(read(PointText::parse, "(NaN,-Infinity)"))
                .isEqualTo(new Point(Double.NaN, Double.NEGATIVE_INFINITY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "(", "()", "(,)", "(1)", "1,2", "(1,2", "1,2)", "(1,2,3)", "(1, 2)", "((1,2))"})
    void refusesWhatIsNoPoint(String text) {
        assertRefused(PointText::parse, text);
    }

    @Test
    void writesPointsWithoutLoss() {
        assertThat(PointText.format(new Point(1, -2.5))).isEqualTo("(1.0,-2.5)");
        Random random = Seeds.random();
        Seeded.fuzz(random, PointText::parse, "0123456789.,()e+-", "(1.5,2)", "(-1e+30,0)");
    }
}
