package dev.walbrook.benchmarks.measure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first records that a connector wrote, for a producer that sends the same bytes without any work. */
public final class Sample {

    private static final int MOST_BYTES = 32 << 20;

    /** Key and value of a record. */
    public record Entry(byte @Nullable [] key, byte @Nullable [] value) {
        int length() {
            return (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        }
    }

    private final List<Entry> entries = new ArrayList<>();
    private long bytes;

    void offer(byte @Nullable [] key, byte @Nullable [] value) {
        if (bytes < MOST_BYTES) {
            Entry entry = new Entry(key, value);
            entries.add(entry);
            bytes += entry.length();
        }
    }

    public List<Entry> entries() {
        return entries;
    }

    /** The length of all entries. */
    public long bytes() {
        return bytes;
    }

    /** Forgets them, for data of another kind. */
    public void clear() {
        entries.clear();
        bytes = 0;
    }
}
