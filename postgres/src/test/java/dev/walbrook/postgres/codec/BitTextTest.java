package dev.walbrook.postgres.codec;

import static dev.walbrook.postgres.codec.Seeded.assertRefused;
import static dev.walbrook.postgres.codec.Seeded.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.walbrook.testkit.Seeds;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BitTextTest {

    @Test
    void theRightmostBitIsTheFirstOfTheFirstByte() {
        assertThat(read(BitText::parseLittleEndian, "")).isEmpty();
        assertThat(read(BitText::parseLittleEndian, "1")).containsExactly(1);
        assertThat(read(BitText::parseLittleEndian, "100000001")).containsExactly(1, 1);
        assertThat(read(BitText::parseLittleEndian, "10000000")).containsExactly(0x80);
        assertThat(read(BitText::parseLittleEndian, "000000000000")).containsExactly(0, 0);
        assertThat(BitText.format(new byte[] {1, 1}, 10)).isEqualTo("0100000001");
        assertThat(BitText.format(new byte[] {1}, 12)).isEqualTo("000000000001");
        assertThat(BitText.format(new byte[] {}, 0)).isEmpty();
    }

    @Test
    void refusesOtherDigitsAndBitsThatWouldBeLost() {
        assertRefused(BitText::parseLittleEndian, "012");
        assertRefused(BitText::parseLittleEndian, "B101");
        assertThatIllegalArgumentException().isThrownBy(() -> BitText.format(new byte[] {2}, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> BitText.format(new byte[] {0, 1}, 8));
    }

    @Test
    void bitsAreThoseOfBigInteger() {
        Random random = Seeds.random();
        for (int round = 0; round < 5_000; round++) {
            int count = 1 + random.nextInt(100);
            BigInteger bits = new BigInteger(count, random);
            String digits = bits.toString(2);
            String text = "0".repeat(count - digits.length()) + digits;

            byte[] littleEndian = read(BitText::parseLittleEndian, text);

            byte[] bigEndian = new byte[littleEndian.length];
            for (int i = 0; i < bigEndian.length; i++) {
                bigEndian[i] = littleEndian[littleEndian.length - 1 - i];
            }
            assertThat(new BigInteger(1, bigEndian)).isEqualTo(bits);
            assertThat(littleEndian).hasSize((count + 7) / 8);
            assertThat(BitText.format(littleEndian, count)).isEqualTo(text);
        }
    }
}
