package dev.walbrook.connect.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes of text at once. */
final class WordScan {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final VarHandle IN_ORDER =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long BLANKS = ' ' * ONES;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;
    private static final long QUESTION_MARKS = '?' * ONES;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private WordScan() {}

    /**
     * Copies text as long as it needs no escape in JSON and holds no question mark, or a little less; the target has room for
     * all of it. Returns how many bytes were copied.
     */
    static int copyPlain(byte[] ascii, byte[] target, int position) {
        int i = 0;
        for (int last = ascii.length - Long.BYTES; i <= last; i += Long.BYTES) {
            long word = (long) WORDS.get(ascii, i);
            if (special(word)) {
                return i;
            }
            WORDS.set(target, position + i, word);
        }
        return i;
    }

    /** How many bytes from here on need no escape in JSON, or a few less; a question mark may end them too. */
    static int plain(byte[] utf8, int from, int end) {
        int i = from;
        for (int last = end - Long.BYTES; i <= last; i += Long.BYTES) {
            if (special((long) WORDS.get(utf8, i))) {
                break;
            }
        }
        return i - from;
    }

    /**
     * Whether one of eight bytes must be looked at. A subtraction borrows from the next byte only where there is something to
     * be found, so that at worst more is found.
     */
    private static boolean special(long word) {
        return ((word
                                | word - BLANKS
                                | (word ^ QUOTES) - ONES
                                | (word ^ BACKSLASHES) - ONES
                                | (word ^ QUESTION_MARKS) - ONES)
                        & HIGH_BITS)
                != 0;
    }

    /**
     * The place, from here on, of the first byte that is a quote, a backslash, a control character or no ASCII.
     *
     * @throws ArrayIndexOutOfBoundsException if there is none
     */
    static int special(byte[] text, int from) {
        int i = from;
        for (int last = text.length - Long.BYTES; i <= last; i += Long.BYTES) {
            long word = (long) IN_ORDER.get(text, i);
            // As above: the lowest of these bits is right, only those beyond it may be wrong.
            long found = (word | word - BLANKS | (word ^ QUOTES) - ONES | (word ^ BACKSLASHES) - ONES) & HIGH_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        while (text[i] >= ' ' && text[i] != '"' && text[i] != '\\') {
            i++;
        }
        return i;
    }

    /**
     * Copies text up to a backslash, or all of it; the target has room for all.
     *
     * @return how many bytes were copied
     */
    static int copyToBackslash(byte[] text, int from, int to, byte[] target, int position) {
        int shift = position - from;
        int i = from;
        for (int last = to - Long.BYTES; i <= last; i += Long.BYTES) {
            long word = (long) IN_ORDER.get(text, i);
            IN_ORDER.set(target, i + shift, word);
            long zeros = word ^ BACKSLASHES;
            long found = zeros - ONES & ~zeros & HIGH_BITS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE - from;
            }
        }
        while (i < to && text[i] != '\\') {
            target[i + shift] = text[i];
            i++;
        }
        return i - from;
    }
}
