package dev.walbrook.benchmarks.suite;

import java.util.Map;
import java.util.stream.Collectors;

/** Lengths of time, in words. */
final class Durations {

    private Durations() {}

    static String words(double seconds) {
        long whole = Math.round(seconds);
        return whole < 100 ? whole + " s" : Math.round(seconds / 60) + " min";
    }

    /** Of several, by their names. */
    static String words(Map<String, Double> seconds) {
        return seconds.entrySet().stream()
                .map(one -> one.getKey() + " " + words(one.getValue()))
                .collect(Collectors.joining(", "));
    }
}
