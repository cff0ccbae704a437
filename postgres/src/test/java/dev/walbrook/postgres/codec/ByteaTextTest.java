package dev.walbrook.postgres.codec;

import static dev.walbrook.postgres.codec.Seeded.assertRefused;
import static dev.walbrook.postgres.codec.Seeded.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteaTextTest {

    @Test
    void readsBothFormats() {
        assertThat(read(ByteaText::parse, "\\x")).isEmpty();
        assertThat(read(ByteaText::parse, "")).isEmpty();
        assertThat(read(ByteaText::parse, "\\x00ffAb")).containsExactly(0, -1, 0xAB);
        assertThat(read(ByteaText::parse, "a\\\\\\000\\377x")).containsExactly('a', '\\', 0, -1, 'x');
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x0", "\\x0g", "\\", "a\\", "\\12", "\\400", "\\18a", "\\y", "\\x é"})
    void refusesWhatIsNoBytea(String text) {
        assertRefused(ByteaText::parse, text);
    }

    @Test
    void bytesComeBack() {
        Random random = Seeds.random();
        for (int round = 0; round < 2_000; round++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            StringBuilder escaped = new StringBuilder();
            for (byte b : bytes) {
                escaped.append(
                        b == '\\'
                                ? "\\\\"
                                : b < ' ' || b > '~' ? "\\%03o".formatted(b & 0xFF) : String.valueOf((char) b));
            }

            assertThat(read(ByteaText::parse, ByteaText.format(bytes))).isEqualTo(bytes);
            assertThat(read(ByteaText::parse, escaped.toString())).isEqualTo(bytes);
        }
        Seeded.fuzz(random, ByteaText::parse, "0123456789abcdefxX\\", "\\x00ff", "a\\001\\\\");
    }
}
