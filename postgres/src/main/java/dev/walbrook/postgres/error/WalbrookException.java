package dev.walbrook.postgres.error;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failure with its kind, said in the operator's words: what happened, where, and the cure.
 *
 * <p>The message never holds a row's values or a password.
 */
public final class WalbrookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;
    private final String problem;
    private final String cure;

    /**
     * @param kind what kind of failure it is
     * @param problem one sentence: what happened and where (which table, slot, column, LSN)
     * @param facts names for the braces of the kind's cure, such as {@code slot} or {@code table}
     * @param cause the underlying failure; null if this is the first
     */
    public WalbrookException(ErrorKind kind, String problem, Map<String, String> facts, @Nullable Throwable cause) {
        super(problem + " -- " + fill(kind.cureTemplate(), facts), cause);
        this.kind = kind;
        this.problem = problem;
        this.cure = fill(kind.cureTemplate(), facts);
    }

    public WalbrookException(ErrorKind kind, String problem, Map<String, String> facts) {
        this(kind, problem, facts, null);
    }

    public ErrorKind kind() {
        return kind;
    }

    /** What happened, without the cure. */
    public String problem() {
        return problem;
    }

    /** What to do about it. */
    public String cure() {
        return cure;
    }

    private static String fill(String template, Map<String, String> facts) {
        String filled = template;
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            filled = filled.replace("{" + fact.getKey() + "}", fact.getValue());
        }
        // A fact nobody knew stays recognisable as a name to be replaced by the reader.
        return filled.replace('{', '<').replace('}', '>');
    }
}
