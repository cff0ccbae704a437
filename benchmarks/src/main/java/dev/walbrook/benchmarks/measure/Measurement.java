package dev.walbrook.benchmarks.measure;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What one contender did in one round.
 *
 * @param values what is known of it
 * @param content what arrived; {@link Content#NOTHING} of a contender that delivers nothing that could be compared
 * @param failure why it did not get to the end; null if it did
 */
public record Measurement(Map<Metric, Double> values, Content content, @Nullable String failure) {

    public Measurement {
        values = Map.copyOf(values);
    }

    /** One that did not get to the end. */
    public static Measurement failed(String why) {
        return new Measurement(Map.of(), Content.NOTHING, why);
    }

    /** This one with another value. */
    public Measurement with(Metric metric, double value) {
        Map<Metric, Double> all = new EnumMap<>(Metric.class);
        all.putAll(values);
        all.put(metric, value);
        return new Measurement(all, content, failure);
    }

    /** This one without a value that says nothing here. */
    public Measurement without(Metric metric) {
        Map<Metric, Double> rest = new EnumMap<>(Metric.class);
        rest.putAll(values);
        rest.remove(metric);
        return new Measurement(rest, content, failure);
    }

    public OptionalDouble value(Metric metric) {
        Double value = values.get(metric);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
