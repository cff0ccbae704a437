package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * The protocol's data types, read one after the other out of one message.
 *
 * <p>Each method checks that the message still holds what it reads and fails with {@link MalformedMessageException}
 * otherwise; its parameter says what is read, in the words of the protocol page. One instance serves all messages of a
 * decoder, so that reading a message allocates nothing but its values.
 */
final class MessageReader {

    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** The protocol counts time from 2000-01-01 00:00:00 UTC: 10957 days after the Unix epoch. */
    private static final long POSTGRES_EPOCH_MICROS = 10_957L * 86_400 * 1_000_000;

    private byte[] buffer = {};
    private int start;
    private int position;
    private int end;
    private String messageType = "";

    /** Continues with another message. */
    void reset(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        this.buffer = buffer;
        this.start = offset;
        this.position = offset;
        this.end = offset + length;
        this.messageType = "of unknown type";
    }

    /** Says which message is read, for the text of failures. */
    void messageType(String name) {
        messageType = name;
    }

    byte[] buffer() {
        return buffer;
    }

    /** Where the next value starts in {@link #buffer()}. */
    int position() {
        return position;
    }

    int remaining() {
        return end - position;
    }

    byte int8(String what) {
        require(1, what);
        return buffer[position++];
    }

    int int16(String what) {
        require(2, what);
        int value = (short) INT16.get(buffer, position);
        position += 2;
        return value;
    }

    int int32(String what) {
        require(4, what);
        int value = (int) INT32.get(buffer, position);
        position += 4;
        return value;
    }

    long int64(String what) {
        require(8, what);
        long value = (long) INT64.get(buffer, position);
        position += 8;
        return value;
    }

    Lsn lsn(String what) {
        return new Lsn(int64(what));
    }

    /** A timestamp, in microseconds since the Unix epoch. */
    long timestamp(String what) {
        return int64(what) + POSTGRES_EPOCH_MICROS;
    }

    /** A string that ends with a zero byte. */
    String string(String what) {
        for (int i = position; i < end; i++) {
            if (buffer[i] == 0) {
                String value = new String(buffer, position, i - position, StandardCharsets.UTF_8);
                position = i + 1;
                return value;
            }
        }
        throw malformed(what + ", ended by a zero byte");
    }

    byte[] bytes(int length, String what) {
        int from = position;
        skip(length, what);
        return Arrays.copyOfRange(buffer, from, position);
    }

    /** Passes {@code length} bytes by; a negative length is malformed as one beyond the message's end is. */
    void skip(int length, String what) {
        if (length < 0) {
            position -= 4;
            throw malformed("a length of at least 0 of " + what);
        }
        require(length, what);
        position += length;
    }

    /**
     * Reads a count and checks that the message can hold so many, before anybody allocates memory for them.
     *
     * @param count the number read
     * @param width how many bytes it took
     * @param minimumSize the fewest bytes that one item takes
     */
    int checkedCount(int count, int width, int minimumSize, String what) {
        if (count < 0 || count > remaining() / minimumSize) {
            position -= width;
            throw malformed("a number of " + what + " that the message can hold");
        }
        return count;
    }

    /** Reads a byte that must have one certain value. */
    void expect(int value, String what) {
        if (int8(what) != value) {
            position--;
            throw malformed(what);
        }
    }

    void expectEnd() {
        if (position != end) {
            throw malformed("the end of the message");
        }
    }

    /** A failure at the current position. */
    MalformedMessageException malformed(String expected) {
        return new MalformedMessageException(messageType, position - start, expected);
    }

    /** A failure about the byte that was read last. */
    MalformedMessageException malformedLast(String expected) {
        position--;
        return malformed(expected);
    }

    private void require(int bytes, String what) {
        if (bytes > end - position) {
            throw malformed(what);
        }
    }
}
