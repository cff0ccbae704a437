package dev.walbrook.benchmarks.measure;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Time, and the processor time of the processes that take part, between {@link #start} and {@link #stop}. */
public final class Stopwatch {

    private final Map<Metric, Supplier<OptionalDouble>> clocks = new LinkedHashMap<>();
    private final Map<Metric, Double> before = new EnumMap<>(Metric.class);
    private final Map<Metric, Double> used = new EnumMap<>(Metric.class);
    private OptionalLong memoryOf = OptionalLong.empty();
    private OptionalDouble peak = OptionalDouble.empty();
    private long started;
    private double seconds;
    private double firstEvent = Double.NaN;

    /** A process of which to know the processor time. */
    public Stopwatch process(Metric metric, long pid) {
        clocks.put(metric, () -> ProcessUse.cpuSeconds(pid));
        return this;
    }

    /** A process with all its children, past and present. */
    public Stopwatch family(Metric metric, long pid) {
        clocks.put(metric, () -> ProcessUse.familyCpuSeconds(pid));
        return this;
    }

    /** The same of several, without one of the children, which only looks on. */
    public Stopwatch families(Metric metric, List<Long> pids, long onlooker) {
        clocks.put(metric, () -> {
            double sum = -ProcessUse.cpuSeconds(onlooker).orElse(0);
            for (long pid : pids) {
                OptionalDouble one = ProcessUse.familyCpuSeconds(pid);
                if (one.isEmpty()) {
                    return one;
                }
                sum += one.getAsDouble();
            }
            return OptionalDouble.of(sum);
        });
        return this;
    }

    /** The process of which to know the memory. */
    public Stopwatch memory(long pid) {
        memoryOf = OptionalLong.of(pid);
        return this;
    }

    public void start() {
        memoryOf.ifPresent(ProcessUse::resetPeak);
        clocks.forEach((metric, clock) -> clock.get().ifPresent(time -> before.put(metric, time)));
        started = System.nanoTime();
    }

    /** Notes that the first event is there, unless it is noted already. */
    public void firstEvent() {
        if (Double.isNaN(firstEvent)) {
            firstEvent = elapsed();
        }
    }

    /** Seconds since the start. */
    public double elapsed() {
        return (System.nanoTime() - started) / 1e9;
    }

    public void stop() {
        seconds = elapsed();
        clocks.forEach((metric, clock) -> clock.get().ifPresent(time -> {
            Double earlier = before.get(metric);
            if (earlier != null) {
                used.put(metric, time - earlier);
            }
        }));
        if (memoryOf.isPresent()) {
            peak = ProcessUse.peakBytes(memoryOf.getAsLong());
        }
    }

    /**
     * The measurement, after {@link #stop}.
     *
     * @param events how many changes were delivered
     * @param content what arrived, or {@link Content#NOTHING}
     * @param bytes how many bytes were delivered
     */
    public Measurement measurement(long events, long bytes, Content content) {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        values.put(Metric.SECONDS, seconds);
        values.put(Metric.EVENTS_PER_SECOND, events / seconds);
        values.put(Metric.MEGABYTES_PER_SECOND, bytes / seconds / 1e6);
        used.forEach((metric, time) -> values.put(metric, time * 1e6 / events));
        peak.ifPresent(most -> values.put(Metric.PEAK_MEMORY, most / (1 << 20)));
        if (!Double.isNaN(firstEvent)) {
            values.put(Metric.FIRST_EVENT, firstEvent);
        }
        return new Measurement(values, content, null);
    }
}
