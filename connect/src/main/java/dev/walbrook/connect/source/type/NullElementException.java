package dev.walbrook.connect.source.type;

/** A null in an array whose schema allows none in its elements. */
public final class NullElementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NullElementException() {
        super("an array holds a null where its schema allows none", null, false, false);
    }
}
