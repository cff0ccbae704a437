package dev.walbrook.postgres.codec;

import org.jspecify.annotations.Nullable;

/** Reads one array literal for {@link ArrayText}, which documents the format. */
final class ArrayReader {

    static final String TYPE = "array";

    /** PostgreSQL's {@code MAXDIM}. */
    private static final int MAX_DIMENSIONS = 6;

    private static final int UNKNOWN = -1;

    private final byte[] buffer;
    private final int end;
    private final byte delimiter;
    private final ArrayText.ElementHandler handler;

    /** The number of items of each dimension: that of its first array, which all others must have too. */
    private final int[] sizes = {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN};

    private int position;
    private int dimensions;
    private byte @Nullable [] scratch;

    ArrayReader(byte[] buffer, int offset, int length, byte delimiter, ArrayText.ElementHandler handler) {
        this.buffer = buffer;
        this.position = offset;
        this.end = offset + length;
        this.delimiter = delimiter;
        this.handler = handler;
    }

    void read() {
        int announced = bounds();
        int start = position;
        while (position < end && buffer[position] == '{') {
            position++;
        }
        dimensions = position - start;
        if (dimensions == 0) {
            throw malformed("no opening brace");
        }
        if (dimensions > MAX_DIMENSIONS) {
            throw malformed("more than six dimensions");
        }
        if (announced > 0 && announced != dimensions) {
            throw malformed("not the dimensions that were announced");
        }
        if (announced == 0 && dimensions == 1 && position < end && buffer[position] == '}') {
            position++;
        } else {
            position = start;
            items(0);
        }
        if (position != end) {
            throw malformed("text after the closing brace");
        }
    }

    /** Reads {@code [1:2][-1:0]=} into the sizes, if the array starts so, and says how many dimensions it announces. */
    private int bounds() {
        int count = 0;
        while (position < end && buffer[position] == '[') {
            int colon = find(':');
            int close = find(']');
            if (count == MAX_DIMENSIONS || close < colon) {
                throw malformed("not an index's bounds");
            }
            long lower = bound(position + 1, colon);
            long upper = bound(colon + 1, close);
            if (upper < lower || upper - lower >= Integer.MAX_VALUE) {
                throw malformed("not an index's bounds");
            }
            sizes[count++] = (int) (upper - lower + 1);
            position = close + 1;
        }
        if (count > 0) {
            expect('=');
        }
        return count;
    }

    private int find(char what) {
        for (int i = position; i < end; i++) {
            if (buffer[i] == what) {
                return i;
            }
        }
        throw malformed("not an index's bounds");
    }

    private int bound(int from, int to) {
        try {
            return NumberText.parseInt(buffer, from, to - from);
        } catch (TextFormatException e) {
            throw malformed("not an index's bounds");
        }
    }

    private void items(int dimension) {
        expect('{');
        int count = 0;
        do {
            if (dimension + 1 < dimensions) {
                items(dimension + 1);
            } else {
                item();
            }
            count++;
        } while (skipDelimiter());
        expect('}');
        if (sizes[dimension] == UNKNOWN) {
            sizes[dimension] = count;
        } else if (sizes[dimension] != count) {
            throw malformed("arrays of different sizes in one dimension");
        }
    }

    private boolean skipDelimiter() {
        if (position < end && buffer[position] == delimiter) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char what) {
        if (position >= end || buffer[position] != what) {
            throw malformed("no " + what + " where one must be");
        }
        position++;
    }

    private void item() {
        if (position < end && buffer[position] == '"') {
            quotedItem();
        } else {
            plainItem();
        }
    }

    private void plainItem() {
        int start = position;
        while (position < end && buffer[position] != delimiter && buffer[position] != '}') {
            byte b = buffer[position];
            // PostgreSQL puts text with any of these in quotes; 9 to 13 are tab to carriage return.
            if (b == '{' || b == '"' || b == '\\' || b == ' ' || (b >= 9 && b <= 13)) {
                throw malformed("an element without quotes that needs them");
            }
            position++;
        }
        int length = position - start;
        if (length == 0) {
            throw malformed("an element without text");
        }
        if (isNull(start, length)) {
            handler.nullElement();
        } else {
            handler.element(buffer, start, length);
        }
    }

    private boolean isNull(int start, int length) {
        return length == 4
                && (buffer[start] | 0x20) == 'n'
                && (buffer[start + 1] | 0x20) == 'u'
                && (buffer[start + 2] | 0x20) == 'l'
                && (buffer[start + 3] | 0x20) == 'l';
    }

    private void quotedItem() {
        int start = ++position;
        while (position < end && buffer[position] != '"' && buffer[position] != '\\') {
            position++;
        }
        if (position < end && buffer[position] == '"') {
            handler.element(buffer, start, position++ - start);
        } else {
            escapedItem(start);
        }
    }

    /** Continues where the first backslash is. */
    private void escapedItem(int start) {
        byte[] text = scratch;
        if (text == null) {
            text = new byte[end - start];
            scratch = text;
        }
        int size = position - start;
        System.arraycopy(buffer, start, text, 0, size);
        while (position < end && buffer[position] != '"') {
            if (buffer[position] == '\\' && ++position == end) {
                break;
            }
            text[size++] = buffer[position++];
        }
        expect('"');
        handler.element(text, 0, size);
    }

    private static TextFormatException malformed(String reason) {
        return new TextFormatException(TYPE, reason);
    }
}
