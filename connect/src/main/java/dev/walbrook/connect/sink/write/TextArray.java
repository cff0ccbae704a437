package dev.walbrook.connect.sink.write;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A parameter that is an array of text, built as the protocol has it: the driver's own arrays pass every value through two
 * more buffers.
 */
// A value for one statement, that nobody compares or keeps.
@SuppressWarnings({"serial", "EqualsHashCode"})
final class TextArray extends PGobject implements PGBinaryObject {

    private static final int TEXT_OID = 25;
    private static final long MAX_ARRAY = Integer.MAX_VALUE - 8L;
    private static final int HEADER = 5 * Integer.BYTES;
    private static final int HAS_NULLS = Integer.BYTES;

    private byte[] bytes;
    private int length = HEADER;

    /** @param count how many values are going to be added */
    TextArray(int count) {
        setType("_text");
        bytes = new byte[HEADER + 16 * count];
        number(0, 1);
        number(HAS_NULLS, 0);
        number(2 * Integer.BYTES, TEXT_OID);
        number(3 * Integer.BYTES, count);
        number(4 * Integer.BYTES, 1);
    }

    void add(@Nullable String text) {
        byte[] utf8 = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        int needed = Math.addExact(length, Integer.BYTES + (utf8 == null ? 0 : utf8.length));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(MAX_ARRAY, bytes.length * 2L)));
        }
        number(length, utf8 == null ? -1 : utf8.length);
        length += Integer.BYTES;
        if (utf8 == null) {
            number(HAS_NULLS, 1);
        } else {
            System.arraycopy(utf8, 0, bytes, length, utf8.length);
            length += utf8.length;
        }
    }

    private void number(int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }

    @Override
    public int lengthInBytes() {
        return length;
    }

    @Override
    public void toBytes(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, length);
    }

    /** The array as text, for connections that the URL's options forbid anything else. */
    @Override
    public String getValue() {
        StringBuilder text = new StringBuilder("{");
        for (int at = HEADER; at < length; ) {
            int size = ByteBuffer.wrap(bytes).getInt(at);
            at += Integer.BYTES;
            text.append(text.length() == 1 ? "" : ",");
            if (size < 0) {
                text.append("NULL");
                continue;
            }
            String value = new String(bytes, at, size, StandardCharsets.UTF_8);
            text.append('"')
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
            at += size;
        }
        return text.append('}').toString();
    }

    @Override
    public void setByteValue(byte[] value, int offset) {
        throw new UnsupportedOperationException("the array is only sent");
    }
}
