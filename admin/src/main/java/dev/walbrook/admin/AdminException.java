package dev.walbrook.admin;

import org.jspecify.annotations.Nullable;

/**
 * Something an operator asked for cannot be done: what happened and what to do about it.
 *
 * <p>Failures that a connector can also meet are {@link dev.walbrook.postgres.error.WalbrookException}s; this one is for
 * those that only an operator's tool meets, such as a Connect worker that does not answer. Its texts never hold a password.
 */
public final class AdminException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String problem;
    private final String cure;

    /**
     * @param problem what happened and where, one sentence
     * @param cure what to do about it; empty when the problem says it
     * @param cause the underlying failure; null if this is the first
     */
    public AdminException(String problem, String cure, @Nullable Throwable cause) {
        super(cure.isEmpty() ? problem : problem + " -- " + cure, cause);
        this.problem = problem;
        this.cure = cure;
    }

    public AdminException(String problem, String cure) {
        this(problem, cure, null);
    }

    /** What happened, without the cure. */
    public String problem() {
        return problem;
    }

    /** What to do about it; may be empty. */
    public String cure() {
        return cure;
    }
}
