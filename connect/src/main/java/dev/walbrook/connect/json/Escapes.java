package dev.walbrook.connect.json;

import java.nio.charset.StandardCharsets;

/** Strings with escapes that have been found valid. */
final class Escapes {

    private static final byte[] SINGLE = single();

    private Escapes() {}

    private static byte[] single() {
        byte[] meanings = new byte[128];
        String escapes = "\"\\/bfnrt";
        String characters = "\"\\/\b\f\n\r\t";
        for (int i = 0; i < escapes.length(); i++) {
            meanings[escapes.charAt(i)] = (byte) characters.charAt(i);
        }
        return meanings;
    }

    /**
     * Passes an escape.
     *
     * @param at where its backslash is
     * @return the place behind it; -1 if there is no such escape
     */
    static int end(byte[] text, int at) {
        byte c = text[at + 1];
        if (c == 'u') {
            for (int i = at + 2; i < at + 6; i++) {
                if (text[i] < 0 || Character.digit(text[i], 16) < 0) {
                    return -1;
                }
            }
            return at + 6;
        }
        return c > 0 && SINGLE[c] != 0 ? at + 2 : -1;
    }

    /** The string between two places in valid UTF-8. */
    static String decode(byte[] text, int from, int to) {
        byte[] decoded = new byte[to - from];
        int length = 0;
        int i = from;
        while (true) {
            int plain = WordScan.copyToBackslash(text, i, to, decoded, length);
            length += plain;
            i += plain;
            if (i == to) {
                return new String(decoded, 0, length, StandardCharsets.UTF_8);
            }
            if (text[i + 1] != 'u') {
                decoded[length++] = SINGLE[text[i + 1]];
                i += 2;
            } else {
                int c = code(text, i);
                if (c >= 0x80) {
                    return decodeChars(text, from, to);
                }
                decoded[length++] = (byte) c;
                i += 6;
            }
        }
    }

    /** Half of a pair may stand alone if it is escaped, which UTF-8 has no bytes for. */
    private static String decodeChars(byte[] text, int from, int to) {
        StringBuilder chars = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            if (text[i] != '\\') {
                int start = i;
                while (i < to && text[i] != '\\') {
                    i++;
                }
                chars.append(new String(text, start, i - start, StandardCharsets.UTF_8));
            } else if (text[i + 1] != 'u') {
                chars.append((char) SINGLE[text[i + 1]]);
                i += 2;
            } else {
                chars.append((char) code(text, i));
                i += 6;
            }
        }
        return chars.toString();
    }

    private static int code(byte[] text, int at) {
        int code = 0;
        for (int i = at + 2; i < at + 6; i++) {
            code = code << 4 | Character.digit(text[i], 16);
        }
        return code;
    }
}
