package dev.walbrook.conformance;

import java.util.List;
import java.util.Map;

/**
 * Representation modes that are tried together, because each concerns other types than the others.
 *
 * @param name the group of the scenarios that share it
 */
record Profile(String name, Map<String, String> configuration) {

    static final Profile DEFAULTS = new Profile("defaults", Map.of());

    static final Profile DOUBLE = new Profile(
            "double",
            Map.of(
                    "decimal.handling.mode", "double",
                    "time.precision.mode", "adaptive_time_microseconds",
                    "interval.handling.mode", "string",
                    "binary.handling.mode", "base64",
                    "hstore.handling.mode", "map",
                    "include.unknown.datatypes", "true"));

    static final Profile STRING = new Profile(
            "string",
            Map.of(
                    "decimal.handling.mode", "string",
                    "time.precision.mode", "connect",
                    "binary.handling.mode", "base64-url-safe",
                    "include.unknown.datatypes", "true"));

    static final Profile ISO = new Profile(
            "iso",
            Map.of(
                    "time.precision.mode", "isostring",
                    "binary.handling.mode", "hex",
                    "include.unknown.datatypes", "true"));

    static final Profile MICROSECONDS = new Profile("microseconds", Map.of("time.precision.mode", "microseconds"));

    static final Profile NANOSECONDS = new Profile("nanoseconds", Map.of("time.precision.mode", "nanoseconds"));

    static final Profile STRUCTURED = new Profile("structured", Map.of("time.precision.mode", "structured"));

    static final Profile PROPAGATED = new Profile(
            "propagated", Map.of("column.propagate.source.type", ".*", "include.unknown.datatypes", "true"));

    /** In the order in which a reader meets them. */
    static final List<Profile> ALL =
            List.of(DEFAULTS, DOUBLE, STRING, ISO, MICROSECONDS, NANOSECONDS, STRUCTURED, PROPAGATED);
}
