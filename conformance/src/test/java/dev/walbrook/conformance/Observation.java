package dev.walbrook.conformance;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one connector wrote.
 *
 * @param topics records by topic, under the common name, in order
 * @param offset the committed offset's fields as text, partition included
 * @param failure why it failed or refused; null if it did not
 * @param refused whether the worker or the connector did not take the configuration
 */
record Observation(
        Map<String, List<ObservedRecord>> topics,
        Map<String, String> offset,
        @Nullable String failure,
        boolean refused) {}
