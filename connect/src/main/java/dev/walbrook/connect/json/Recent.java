package dev.walbrook.connect.json;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of the entries used last, and of no more than a given number of them. Kafka's converter keeps its schemas the same
 * way; what of equal schemas is remembered decides what is written, so this must be the same.
 *
 * <p>Not thread-safe.
 */
final class Recent<K, V> extends LinkedHashMap<K, V> {

    @Serial
    private static final long serialVersionUID = 1;

    private final int limit;

    /**
     * An empty map.
     *
     * @param limit how many entries it keeps; with zero or less, none
     */
    Recent(int limit) {
        super(16, 0.75f, true);
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > limit;
    }
}
