package dev.walbrook.conformance;

import java.util.regex.Pattern;

/**
 * A difference that is meant.
 *
 * @param where matches {@link Difference#place()} in whole
 * @param always whether it is there in every run; if not, it depends on what a connector got done before it was stopped
 * @param reason why ours serves the user better; goes onto the page
 */
public record DeliberateDifference(Pattern where, boolean always, String reason) {}
