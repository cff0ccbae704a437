package dev.walbrook.postgres.error;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A failure with its kind, said in the operator's words: what happened, where, and the cure.
 *
 * <p>The message never holds a row's values or a password.
 */
public final class WalbrookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final Pattern FACT = Pattern.compile("\\{(\\w+)}");

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

    /** Fills in one pass, so that braces inside a fact stay as they are. */
    private static String fill(String template, Map<String, String> facts) {
        return FACT.matcher(template).replaceAll(match -> {
            String fact = facts.get(match.group(1));
            // A fact nobody knew stays recognisable as a name to be replaced by the reader.
            return Matcher.quoteReplacement(fact == null ? '<' + match.group(1) + '>' : fact);
        });
    }
}
