package dev.walbrook.postgres.codec;

/**
 * The text format of {@code bit} and {@code varbit}: zeros and ones.
 *
 * <p>In bytes, the rightmost bit of the text is bit 0 of byte 0: little-endian, as change events carry bit strings.
 */
public final class BitText {

    private static final String TYPE = "bit";

    private BitText() {}

    /** Reads as many bytes as the bits need; the last byte's unused high bits are zero. */
    public static byte[] parseLittleEndian(byte[] buffer, int offset, int length) {
        byte[] bytes = new byte[(length + 7) / 8];
        int last = offset + length - 1;
        for (int bit = 0; bit < length; bit++) {
            byte digit = buffer[last - bit];
            if (digit == '1') {
                bytes[bit >> 3] |= (byte) (1 << (bit & 7));
            } else if (digit != '0') {
                throw new TextFormatException(TYPE, "neither 0 nor 1");
            }
        }
        return bytes;
    }

    /**
     * Writes a bit string.
     *
     * @param littleEndian the bits; where it has fewer than {@code bitCount}, the others are zero
     * @param bitCount how many bits to write
     * @throws IllegalArgumentException if a bit is set beyond {@code bitCount}, and would be lost
     */
    public static String format(byte[] littleEndian, int bitCount) {
        for (int bit = bitCount; bit < littleEndian.length * 8; bit++) {
            if (isSet(littleEndian, bit)) {
                throw new IllegalArgumentException("a bit is set beyond the " + bitCount + " to write");
            }
        }
        StringBuilder text = new StringBuilder(bitCount);
        for (int bit = bitCount - 1; bit >= 0; bit--) {
            text.append(isSet(littleEndian, bit) ? '1' : '0');
        }
        return text.toString();
    }

    private static boolean isSet(byte[] littleEndian, int bit) {
        return bit >> 3 < littleEndian.length && (littleEndian[bit >> 3] >> (bit & 7) & 1) != 0;
    }
}
