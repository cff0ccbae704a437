package dev.walbrook.connect.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A short text that is written over and over, a member's name say: kept as words of eight bytes, because copying an array of
 * ten bytes takes several times as long as storing two words.
 */
final class Snippet {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final long[] words;
    private final int length;

    /** A text in UTF-8. */
    Snippet(byte[] text) {
        byte[] padded = Arrays.copyOf(text, (text.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        words = new long[padded.length / Long.BYTES];
        for (int i = 0; i < words.length; i++) {
            words[i] = (long) WORDS.get(padded, i * Long.BYTES);
        }
        length = text.length;
    }

    static Snippet of(String ascii) {
        return new Snippet(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** How much room {@link #write} needs, which is up to seven bytes more than it uses. */
    int room() {
        return words.length * Long.BYTES;
    }

    /** Writes the text, and rubbish into the room behind it; returns the position behind the text. */
    int write(byte[] target, int position) {
        int at = position;
        for (long word : words) {
            WORDS.set(target, at, word);
            at += Long.BYTES;
        }
        return position + length;
    }
}
