package dev.walbrook.postgres;

/**
 * A position in the write-ahead log: the byte offset since the cluster was created, unsigned.
 *
 * @param value the 64 bits of PostgreSQL's {@code XLogRecPtr}
 * @see <a href="https://www.postgresql.org/docs/current/datatype-pg-lsn.html">pg_lsn</a>
 */
public record Lsn(long value) implements Comparable<Lsn> {

    /** PostgreSQL's {@code InvalidXLogRecPtr}: no position. */
    public static final Lsn INVALID = new Lsn(0);

    /**
     * Reads PostgreSQL's text form.
     *
     * @param text two hexadecimal halves separated by a slash, such as {@code 16/B374D848}
     * @throws IllegalArgumentException if the text has another form
     */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        try {
            if (slash > 0) {
                long high = Long.parseLong(text, 0, slash, 16);
                long low = Long.parseLong(text, slash + 1, text.length(), 16);
                if (high >>> 32 == 0 && low >>> 32 == 0) {
                    return new Lsn(high << 32 | low);
                }
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a WAL position: '" + text + "'", e);
        }
        throw new IllegalArgumentException("not a WAL position: '" + text + "'");
    }

    /** Whether this is a position at all. */
    public boolean isValid() {
        return value != 0;
    }

    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    public boolean isBefore(Lsn other) {
        return compareTo(other) < 0;
    }

    /** The bytes of WAL from {@code earlier} to here; negative if {@code earlier} is in fact later. */
    public long bytesSince(Lsn earlier) {
        return value - earlier.value;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(java.util.Locale.ROOT)
                + '/'
                + Long.toHexString(value & 0xFFFF_FFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
