package dev.walbrook.admin.connect;

import java.util.Arrays;
import java.util.List;

/**
 * The reason at the bottom of a task's stack trace.
 *
 * @param problem what happened
 * @param cure what to do about it; empty when the trace does not say
 */
public record FailureCause(String problem, String cure) {

    private static final String OURS = "WalbrookException: ";
    private static final String CAUSED_BY = "Caused by: ";

    /**
     * Finds the reason: Walbrook's own failure with its cure wherever one is in the chain of causes, else the last cause.
     *
     * @param trace a Java stack trace as Connect's REST API gives it; may be empty
     */
    public static FailureCause of(String trace) {
        List<String> messages = Arrays.stream(withContinuations(trace).split("\n"))
                .filter(line -> !line.isBlank())
                .toList();
        if (messages.isEmpty()) {
            return new FailureCause("the worker gives no reason", "Look into the worker's log.");
        }
        for (String message : messages) {
            int ours = message.indexOf(OURS);
            if (ours >= 0) {
                String text = message.substring(ours + OURS.length()).replace('\u0001', '\n');
                int cure = text.indexOf(" -- ");
                return cure < 0
                        ? new FailureCause(text.strip(), "")
                        : new FailureCause(
                                text.substring(0, cure).strip(),
                                text.substring(cure + 4).strip());
            }
        }
        String last = messages.get(messages.size() - 1).replace('\u0001', '\n');
        if (last.startsWith(CAUSED_BY)) {
            last = last.substring(CAUSED_BY.length());
        }
        return new FailureCause(withoutPackage(last.strip()), "");
    }

    /** One line per exception: frames dropped, the further lines of a message joined to it by U+0001. */
    private static String withContinuations(String trace) {
        StringBuilder lines = new StringBuilder();
        boolean inFrames = false;
        for (String line : trace.replace("\r", "").split("\n")) {
            String stripped = line.strip();
            if (stripped.startsWith("at ") || stripped.matches("\\.\\.\\. \\d+ (more|common frames omitted)")) {
                inFrames = true;
            } else if (line.startsWith(CAUSED_BY) || inFrames || lines.isEmpty()) {
                lines.append(lines.isEmpty() ? "" : "\n").append(line);
                inFrames = false;
            } else {
                lines.append('\u0001').append(line);
            }
        }
        return lines.toString();
    }

    /** {@code a.b.SomeException: text} as {@code SomeException: text}. */
    private static String withoutPackage(String message) {
        int colon = message.indexOf(':');
        String head = colon < 0 ? message : message.substring(0, colon);
        if (head.indexOf(' ') >= 0) {
            return message;
        }
        return message.substring(head.lastIndexOf('.') + 1);
    }
}
