package dev.walbrook.connect.source.type;

import dev.walbrook.connect.data.FieldSink;
import dev.walbrook.postgres.codec.TemporalText;
import java.nio.charset.StandardCharsets;

/**
 * How PostgreSQL's text of a value can be handed on without making the value. Implementations are stateless and safe for any
 * thread.
 */
public interface TextForm {

    /**
     * Whether this text can be handed on, and the value certainly be made of it later. What is not is made at once, with all
     * the care that takes.
     *
     * @return true for every text, unless the form says otherwise
     */
    default boolean takes(byte[] buffer, int offset, int length) {
        return true;
    }

    /** Hands on a text that is taken. */
    void hand(byte[] buffer, int offset, int length, FieldSink sink);

    /** An integer's. */
    TextForm INTEGER = (buffer, offset, length, sink) -> sink.integer(buffer, offset, length);

    /** A boolean's. */
    TextForm BOOLEAN = (buffer, offset, length, sink) -> sink.bool(buffer[offset] == 't');

    /** Of text that is the value. */
    TextForm TEXT = (buffer, offset, length, sink) -> sink.string(buffer, offset, length);

    /** Of a number that becomes text, if it is finite: the others have other names. */
    TextForm FINITE_TEXT = new TextForm() {
        @Override
        public boolean takes(byte[] buffer, int offset, int length) {
            byte last = buffer[offset + length - 1];
            return last >= '0' && last <= '9';
        }

        @Override
        public void hand(byte[] buffer, int offset, int length, FieldSink sink) {
            sink.string(buffer, offset, length);
        }
    };

    /** Of a number with a fixed scale, if it is finite and small enough for a long. */
    TextForm DECIMAL = new TextForm() {

        private static final int LONGEST = 18;

        @Override
        public boolean takes(byte[] buffer, int offset, int length) {
            byte last = buffer[offset + length - 1];
            return length <= LONGEST && last >= '0' && last <= '9';
        }

        @Override
        public void hand(byte[] buffer, int offset, int length, FieldSink sink) {
            sink.decimal(buffer, offset, length);
        }
    };

    /** Of a timestamp without time zone that becomes microseconds since 1970. */
    TextForm MICROS = new TextForm() {
        @Override
        public boolean takes(byte[] buffer, int offset, int length) {
            return isCommon(buffer, offset, length);
        }

        @Override
        public void hand(byte[] buffer, int offset, int length, FieldSink sink) {
            sink.integer(TemporalText.parseTimestamp(buffer, offset, length));
        }
    };

    /**
     * Of a timestamp with time zone, in a session whose zone is UTC, that becomes text of ISO 8601.
     *
     * @param digits how many digits of a second's fraction the column keeps, which the text has all of
     */
    record Utc(int digits) implements TextForm {

        private static final int UP_TO_SECONDS = 19;
        private static final byte[] ZONE = "+00".getBytes(StandardCharsets.US_ASCII);

        @Override
        public boolean takes(byte[] buffer, int offset, int length) {
            int zone = offset + length - ZONE.length;
            return length >= UP_TO_SECONDS + ZONE.length
                    && buffer[zone] == '+'
                    && buffer[zone + 1] == '0'
                    && buffer[zone + 2] == '0'
                    && isCommon(buffer, offset, length - ZONE.length)
                    && length - ZONE.length - UP_TO_SECONDS - 1 <= digits;
        }

        @Override
        public void hand(byte[] buffer, int offset, int length, FieldSink sink) {
            int fraction = length - ZONE.length - UP_TO_SECONDS;
            int size = UP_TO_SECONDS + (digits == 0 ? 0 : 1 + digits) + 1;
            byte[] text = new byte[size];
            System.arraycopy(buffer, offset, text, 0, UP_TO_SECONDS + fraction);
            text[10] = 'T';
            if (digits > 0) {
                text[UP_TO_SECONDS] = '.';
                for (int i = UP_TO_SECONDS + Math.max(1, fraction); i < size - 1; i++) {
                    text[i] = '0';
                }
            }
            text[size - 1] = 'Z';
            sink.string(text, 0, size);
        }
    }

    /** Whether this is {@code YYYY-MM-DD HH:MM:SS} with or without a fraction, of four digits' years after Christ. */
    private static boolean isCommon(byte[] buffer, int offset, int length) {
        if (length < 19 || buffer[offset + 4] != '-' || buffer[offset + 10] != ' ' || buffer[offset + 16] != ':') {
            return false;
        }
        byte last = buffer[offset + length - 1];
        return last >= '0' && last <= '9' && (length == 19 || length > 20 && buffer[offset + 19] == '.');
    }
}
