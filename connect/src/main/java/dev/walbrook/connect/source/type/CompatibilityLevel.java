package dev.walbrook.connect.source.type;

import java.util.Arrays;
import java.util.Locale;

/** The release of Debezium that records look like, where its releases differ. In their order. */
public enum CompatibilityLevel {
    V3_0,
    V3_1,
    V3_2,
    V3_3,
    V3_4,
    V3_5,
    V3_6,
    V3_7;

    public static CompatibilityLevel newest() {
        return V3_7;
    }

    /** As the property says it, such as {@code 3.7}. */
    public String version() {
        return name().substring(1).replace('_', '.').toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static CompatibilityLevel of(String version) {
        return Arrays.stream(values())
                .filter(level -> level.version().equals(version.trim()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a release from 3.0 to 3.7"));
    }

    /** Whether this release is the given one or a later one. */
    public boolean isAtLeast(CompatibilityLevel other) {
        return compareTo(other) >= 0;
    }
}
