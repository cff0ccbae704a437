package dev.walbrook.local;

import org.jspecify.annotations.Nullable;

/** A server could not be started; the message says why and, where there is one, names the cure. */
public class StartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what failed, where, and the cure
     * @param cause the underlying failure; null if this is the first
     */
    public StartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public StartException(String message) {
        this(message, null);
    }
}
