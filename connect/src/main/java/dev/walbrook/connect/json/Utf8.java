package dev.walbrook.connect.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.errors.DataException;

/**
 * Finds out how JSON text is encoded, as Jackson does: by its byte order mark, or by the zero bytes that UTF-16 and UTF-32
 * have in their first character. Hardly anybody writes such records, but whoever does could be read until now.
 */
final class Utf8 {

    private Utf8() {}

    /**
     * The text in UTF-8, which is itself if it is in UTF-8.
     *
     * @throws DataException if it is in an encoding that is not known, or not valid in it
     */
    static byte[] of(byte[] text) {
        if (text.length < 2 || text[0] > 0 && text[1] != 0) {
            return text;
        }
        if (text.length >= 4) {
            int first = ByteBuffer.wrap(text).getInt();
            switch (first) {
                case 0x0000FEFF -> {
                    return decoded(text, 4, "UTF-32BE");
                }
                case 0xFFFE0000 -> {
                    return decoded(text, 4, "UTF-32LE");
                }
                case 0x0000FFFE, 0xFEFF0000 -> throw unknown();
                default -> {}
            }
            if (first >>> 16 == 0xFEFF) {
                return utf16(text, 2, StandardCharsets.UTF_16BE);
            }
            if (first >>> 16 == 0xFFFE) {
                return utf16(text, 2, StandardCharsets.UTF_16LE);
            }
            if (first >>> 8 == 0xEFBBBF) {
                return text;
            }
            if (first >> 8 == 0) {
                return decoded(text, 0, "UTF-32BE");
            }
            if ((first & 0x00FFFFFF) == 0) {
                return decoded(text, 0, "UTF-32LE");
            }
            if ((first & ~0x00FF0000) == 0 || (first & ~0x0000FF00) == 0) {
                throw unknown();
            }
        }
        if (text[0] == 0) {
            return utf16(text, 0, StandardCharsets.UTF_16BE);
        }
        if (text[1] == 0) {
            return utf16(text, 0, StandardCharsets.UTF_16LE);
        }
        return text;
    }

    /** How many bytes of text in UTF-8 are a byte order mark. */
    static int markLength(byte[] text) {
        return text.length >= 4 && text[0] == (byte) 0xEF && text[1] == (byte) 0xBB && text[2] == (byte) 0xBF ? 3 : 0;
    }

    private static byte[] utf16(byte[] text, int from, Charset charset) {
        return new String(text, from, text.length - from, charset).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(byte[] text, int from, String charset) {
        try {
            ByteBuffer rest = ByteBuffer.wrap(text, from, text.length - from);
            return Charset.forName(charset).newDecoder().decode(rest).toString().getBytes(StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw new DataException(
                    "Converting byte[] to Kafka Connect data failed: it is not valid " + charset + ".", e);
        }
    }

    private static DataException unknown() {
        return new DataException(
                "Converting byte[] to Kafka Connect data failed: it is in UTF-32 with bytes in an order "
                        + "that is not supported. Write UTF-8.");
    }

    /**
     * How many bytes the character has that begins here, which is not an ASCII character.
     *
     * @param end where the text ends
     * @return 2, 3 or 4; 0 if this is not UTF-8
     */
    static int sequence(byte[] text, int at, int end) {
        int first = text[at] & 0xFF;
        int size = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (size == 0 || at + size > end) {
            return 0;
        }
        int second = text[at + 1] & 0xFF;
        // Not the shortest form, a surrogate, or beyond the last plane.
        int lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return 0;
        }
        for (int i = 2; i < size; i++) {
            if ((text[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return size;
    }
}
