package dev.walbrook.connect.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A short text that is looked for over and over: compared eight bytes at once. */
final class Word {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] text;
    private final long[] longs;
    /** The bytes of the last of them that count. */
    private final long mask;

    Word(byte[] text) {
        this.text = text;
        int size = Math.max(1, (text.length + Long.BYTES - 1) / Long.BYTES);
        byte[] padded = Arrays.copyOf(text, size * Long.BYTES);
        longs = new long[size];
        for (int i = 0; i < size; i++) {
            longs[i] = (long) LONGS.get(padded, i * Long.BYTES);
        }
        int rest = size * Long.BYTES - text.length;
        mask = -1L >>> rest * Byte.SIZE;
    }

    int length() {
        return text.length;
    }

    /** Whether this is what stands there. */
    boolean isAt(byte[] where, int position) {
        int last = longs.length - 1;
        if (position + (last + 1) * Long.BYTES > where.length) {
            int end = position + text.length;
            return end <= where.length && Arrays.equals(where, position, end, text, 0, text.length);
        }
        for (int i = 0; i < last; i++) {
            if ((long) LONGS.get(where, position + i * Long.BYTES) != longs[i]) {
                return false;
            }
        }
        return (((long) LONGS.get(where, position + last * Long.BYTES) ^ longs[last]) & mask) == 0;
    }
}
