package dev.walbrook.postgres.copy;

import dev.walbrook.postgres.pgoutput.TupleData;

/**
 * Reads rows of {@code COPY … TO STDOUT} in text format with its default delimiter and null string.
 *
 * <p>Keeps no state; any thread may call it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.2">COPY, Text Format</a>
 */
public final class CopyTextReader {

    private CopyTextReader() {}

    /**
     * Reads one row.
     *
     * @param row the row with its line end, as one message of the protocol carries it. The tuple goes on using the array,
     *     and escapes are replaced inside it: the caller gives it away.
     * @param columnCount how many columns it must have
     * @return a tuple of {@link TupleData#NULL} and {@link TupleData#TEXT} values
     * @throws MalformedRowException if it is no row, or one of more or fewer columns; the array may be changed already
     */
    public static TupleData read(byte[] row, int columnCount) {
        int end = row.length - 1;
        if (end < 0 || row[end] != '\n') {
            throw new MalformedRowException(row.length, "no line end");
        }
        if (columnCount == 0 && end > 0) {
            throw new MalformedRowException(0, "a value in a row without columns");
        }
        byte[] kinds = new byte[columnCount];
        int[] spans = new int[2 * columnCount];
        int start = 0;
        for (int column = 0; column < columnCount; column++) {
            boolean escaped = false;
            int stop = start;
            while (row[stop] != '\t' && row[stop] != '\n') {
                if (row[stop] == '\\') {
                    escaped = true;
                    stop++;
                    if (stop == end) {
                        throw new MalformedRowException(stop, "nothing after a backslash");
                    }
                }
                stop++;
            }
            boolean last = column + 1 == columnCount;
            if (last != (stop == end) || row[stop] != (last ? '\n' : '\t')) {
                throw new MalformedRowException(stop, "not a row of " + columnCount + " columns");
            }
            if (escaped && isNull(row, start, stop)) {
                kinds[column] = TupleData.NULL;
            } else {
                kinds[column] = TupleData.TEXT;
                spans[2 * column] = start;
                spans[2 * column + 1] = escaped ? unescape(row, start, stop) : stop - start;
            }
            start = stop + 1;
        }
        return new TupleData(row, kinds, spans);
    }

    private static boolean isNull(byte[] row, int start, int stop) {
        return stop - start == 2 && row[start + 1] == 'N';
    }

    /** Replaces the escapes of a value where it is, which never makes it longer, and returns its new length. */
    private static int unescape(byte[] row, int start, int stop) {
        int to = start;
        int from = start;
        while (from < stop) {
            byte b = row[from++];
            if (b != '\\') {
                row[to++] = b;
                continue;
            }
            byte escape = row[from++];
            switch (escape) {
                case 'b' -> row[to++] = '\b';
                case 'f' -> row[to++] = '\f';
                case 'n' -> row[to++] = '\n';
                case 'r' -> row[to++] = '\r';
                case 't' -> row[to++] = '\t';
                case 'v' -> row[to++] = 0x0B;
                case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                    int value = escape - '0';
                    for (int more = 0; more < 2 && from < stop && row[from] >= '0' && row[from] <= '7'; more++) {
                        value = value << 3 | row[from++] - '0';
                    }
                    row[to++] = (byte) value;
                }
                case 'x' -> {
                    int digits = 0;
                    int value = 0;
                    while (digits < 2 && from < stop && Character.digit(row[from], 16) >= 0) {
                        value = value << 4 | Character.digit(row[from++], 16);
                        digits++;
                    }
                    // Without a digit it stands for itself, as any other character does.
                    row[to++] = digits == 0 ? (byte) 'x' : (byte) value;
                }
                default -> row[to++] = escape;
            }
        }
        return to - start;
    }
}
