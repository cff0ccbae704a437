package dev.walbrook.postgres.codec;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Text as the readers meet it, and random text. */
final class Seeded {

    private Seeded() {}

    /** A reader's method. */
    interface Reader<T> {
        T read(byte[] buffer, int offset, int length);
    }

    /** Reads text that lies in the middle of bytes which would change the value if they were read too. */
    static <T> T read(Reader<T> reader, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] buffer = new byte[bytes.length + 10];
        Arrays.fill(buffer, (byte) '1');
        System.arraycopy(bytes, 0, buffer, 5, bytes.length);
        return reader.read(buffer, 5, bytes.length);
    }

    static void assertRefused(Reader<?> reader, String text) {
        assertThatExceptionOfType(TextFormatException.class).as("'%s'", text).isThrownBy(() -> read(reader, text));
    }

    /** Random changes of good texts are read or refused, and never fail in another way. */
    static void fuzz(Random random, Reader<?> reader, String alphabet, String... good) {
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(good[random.nextInt(good.length)]);
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                char c = alphabet.charAt(random.nextInt(alphabet.length()));
                int at = random.nextInt(text.length() + 1);
                switch (random.nextInt(3)) {
                    case 0 -> text.insert(at, c);
                    case 1 -> text.setLength(at);
                    default -> {
                        if (at < text.length()) {
                            text.setCharAt(at, c);
                        }
                    }
                }
            }
            // Exactly as long as the text, so that reading beyond it fails.
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            try {
                reader.read(bytes, 0, bytes.length);
            } catch (TextFormatException e) {
                // Refused, as it should be.
            }
        }
    }
}
