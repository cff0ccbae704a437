package dev.walbrook.postgres.copy;

/** Bytes that are no row of COPY's text format. The text never holds the row's content. */
public final class MalformedRowException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int offset;

    /**
     * @param offset where reading stopped, in bytes from the row's first
     * @param problem what is wrong there, without content
     */
    public MalformedRowException(int offset, String problem) {
        super("malformed row of COPY: " + problem + " at byte " + offset);
        this.offset = offset;
    }

    /** Where reading stopped, in bytes from the row's first. */
    public int offset() {
        return offset;
    }
}
