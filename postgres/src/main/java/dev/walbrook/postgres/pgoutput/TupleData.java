package dev.walbrook.postgres.pgoutput;

import java.nio.charset.StandardCharsets;

/**
 * The column values of one row, still as the bytes PostgreSQL sent.
 *
 * <p>A tuple holds on to the array it was read from; nothing is copied until a value is asked for. The array must not be
 * changed by anybody. Column numbers start at 0, in the order of the table's {@link RelationMessage}.
 */
public final class TupleData {

    /** What a column's value is, with the protocol's letter for it. */
    public static final byte NULL = 'n';

    /** An out-of-line (TOAST) value that the update did not touch, and that is therefore not in the WAL. */
    public static final byte UNCHANGED = 'u';

    /** The value in the text format of the type's output function, in the database's client encoding (UTF-8). */
    public static final byte TEXT = 't';

    /** The value in the binary format of the type's send function. */
    public static final byte BINARY = 'b';

    private final byte[] buffer;
    private final byte[] kinds;
    private final int[] spans;

    /**
     * @param buffer where the values are
     * @param kinds per column one of {@link #NULL}, {@link #UNCHANGED}, {@link #TEXT}, {@link #BINARY}
     * @param spans per column two numbers: offset in {@code buffer} and length in bytes; ignored without a value
     */
    public TupleData(byte[] buffer, byte[] kinds, int[] spans) {
        this.buffer = buffer;
        this.kinds = kinds;
        this.spans = spans;
    }

    public int columnCount() {
        return kinds.length;
    }

    /** One of {@link #NULL}, {@link #UNCHANGED}, {@link #TEXT}, {@link #BINARY}. */
    public byte kind(int column) {
        return kinds[column];
    }

    public boolean isNull(int column) {
        return kinds[column] == NULL;
    }

    public boolean isUnchanged(int column) {
        return kinds[column] == UNCHANGED;
    }

    /** The array all values are in. Read only. */
    public byte[] buffer() {
        return buffer;
    }

    /** Where the column's value starts in {@link #buffer()}. Meaningless without a value. */
    public int offset(int column) {
        return spans[2 * column];
    }

    /** The length of the column's value in bytes. Meaningless without a value. */
    public int length(int column) {
        return spans[2 * column + 1];
    }

    /** The value's bytes as UTF-8 text. */
    public String text(int column) {
        return new String(buffer, offset(column), length(column), StandardCharsets.UTF_8);
    }
}
