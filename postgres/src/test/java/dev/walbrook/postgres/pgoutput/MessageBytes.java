package dev.walbrook.postgres.pgoutput;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes messages as the protocol page describes them: a message is its letter, then fields one after the other. */
final class MessageBytes {

    /** 2000-01-01 00:00:00 UTC, from where the protocol counts, in microseconds since the Unix epoch. */
    static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static MessageBytes message(char type) {
        return new MessageBytes().int8(type);
    }

    MessageBytes int8(int value) {
        out.write(value);
        return this;
    }

    MessageBytes int16(int value) {
        return int8(value >> 8).int8(value);
    }

    MessageBytes int32(int value) {
        return int16(value >> 16).int16(value);
    }

    MessageBytes int64(long value) {
        return int32((int) (value >> 32)).int32((int) value);
    }

    MessageBytes string(String value) {
        return raw(value.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    MessageBytes raw(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    /** A tuple's column with a value in text format. */
    MessageBytes text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return int8('t').int32(bytes.length).raw(bytes);
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
