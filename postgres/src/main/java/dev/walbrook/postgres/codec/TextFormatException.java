package dev.walbrook.postgres.codec;

/**
 * A value that is not in the text format of its type, or has no place in the Java type asked for.
 *
 * <p>The text names the type and the reason; it never holds the value.
 */
public final class TextFormatException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String typeName;

    /**
     * @param typeName the PostgreSQL type the value was read as, such as {@code timestamp}
     * @param reason what is wrong with the value, without the value
     */
    public TextFormatException(String typeName, String reason) {
        super("cannot read a value of type " + typeName + ": " + reason);
        this.typeName = typeName;
    }

    /** The PostgreSQL type the value was read as. */
    public String typeName() {
        return typeName;
    }
}
