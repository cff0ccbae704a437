package dev.walbrook.capture.preflight;

import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a set-up.
 *
 * @param subject which part of the set-up it is about
 * @param severity whether a capture can run in spite of it
 * @param failure kind, problem and cure in the operator's words; holds no password and no row
 * @param filter the name of the filter, for {@link Subject#FILTER}; null otherwise
 */
public record Finding(Subject subject, Severity severity, WalbrookException failure, @Nullable String filter) {

    static Finding error(Subject subject, ErrorKind kind, String problem, Map<String, String> facts) {
        return error(subject, new WalbrookException(kind, problem, facts));
    }

    static Finding error(Subject subject, WalbrookException failure) {
        return new Finding(subject, Severity.ERROR, failure, null);
    }

    static Finding warning(Subject subject, ErrorKind kind, String problem, Map<String, String> facts) {
        return new Finding(subject, Severity.WARNING, new WalbrookException(kind, problem, facts), null);
    }

    /** Whether a capture cannot run because of it. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Problem and cure. */
    public String message() {
        return String.valueOf(failure.getMessage());
    }

    /**
     * Lets a capture go on only if nothing forbids it.
     *
     * @param warn takes the messages of the warnings
     * @throws WalbrookException the first error
     */
    public static void require(List<Finding> findings, Consumer<String> warn) {
        for (Finding finding : findings) {
            if (finding.isError()) {
                throw finding.failure();
            }
            warn.accept(finding.message());
        }
    }
}
