package dev.walbrook.admin.load;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/** Keys of existing rows, a bounded number of them, from which any can be drawn or removed in constant time. */
final class KeySample {

    private final long[] keys;
    private final Map<Long, Integer> places = new HashMap<>();
    private int size;
    private int nextVictim;

    KeySample(int capacity) {
        this.keys = new long[capacity];
    }

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Remembers a key; when full, another is forgotten. */
    void add(long key) {
        if (places.containsKey(key)) {
            return;
        }
        if (size < keys.length) {
            keys[size] = key;
            places.put(key, size++);
        } else {
            places.remove(keys[nextVictim]);
            keys[nextVictim] = key;
            places.put(key, nextVictim);
            nextVictim = (nextVictim + 1) % keys.length;
        }
    }

    long any(Random random) {
        return keys[random.nextInt(size)];
    }

    void remove(long key) {
        Integer place = places.remove(key);
        if (place != null) {
            size--;
            if (place != size) {
                keys[place] = keys[size];
                places.put(keys[place], place);
            }
        }
    }
}
