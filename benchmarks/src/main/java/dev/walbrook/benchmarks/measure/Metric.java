package dev.walbrook.benchmarks.measure;

/** What a run is judged by. */
public enum Metric {
    EVENTS_PER_SECOND("events/s", true),
    MEGABYTES_PER_SECOND("MB/s", true),
    /** Of the worker, or of the program that stands in for it. */
    WORKER_CPU("worker CPU-s/M", false),
    BROKER_CPU("broker CPU-s/M", false),
    WALSENDER_CPU("walsender CPU-s/M", false),
    /** Of all of PostgreSQL, its WAL senders among the rest. */
    SERVER_CPU("PostgreSQL CPU-s/M", false),
    PEAK_MEMORY("peak RSS MB", false),
    FIRST_EVENT("first event s", false),
    LATENCY_P50("p50 ms", false),
    LATENCY_P99("p99 ms", false),
    LATENCY_P999("p99.9 ms", false),
    SMALLEST_HEAP("heap MB", false),
    SECONDS("seconds", false);

    private final String label;
    private final boolean moreIsBetter;

    Metric(String label, boolean moreIsBetter) {
        this.label = label;
        this.moreIsBetter = moreIsBetter;
    }

    /** The heading of its column, with the unit; "/M" is "per million events". */
    public String label() {
        return label;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }
}
