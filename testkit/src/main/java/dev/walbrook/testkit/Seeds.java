package dev.walbrook.testkit;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Randomness that can be repeated: the system property {@value #SEED_PROPERTY} fixes the seed, otherwise each run has
 * another. The seed is printed when it is chosen, so it stands in the output of a test that fails.
 */
public final class Seeds {

    /** A decimal number, as printed by the run to repeat. */
    public static final String SEED_PROPERTY = "walbrook.test.seed";

    private Seeds() {}

    /** A seed for one test. */
    public static long choose() {
        Long fixed = Long.getLong(SEED_PROPERTY);
        long seed = fixed != null ? fixed : ThreadLocalRandom.current().nextLong();
        String caller = StackWalker.getInstance()
                .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(Seeds.class.getName()))
                        .findFirst()
                        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                        .orElse("unknown"));
        System.out.println("Random seed of " + caller + ": repeat with -D" + SEED_PROPERTY + "=" + seed);
        return seed;
    }

    /** A generator with a seed of {@link #choose()}. */
    public static Random random() {
        return new Random(choose());
    }
}
