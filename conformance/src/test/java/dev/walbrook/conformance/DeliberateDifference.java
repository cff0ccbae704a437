package dev.walbrook.conformance;

import java.util.regex.Pattern;

/**
 * A difference that is meant.
 *
 * @param where matches {@link Difference#place()} in whole
 * @param reason why ours serves the user better; goes onto the page
 */
record DeliberateDifference(Pattern where, String reason) {}
