package dev.walbrook.connect.source;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An offset that becomes a map when somebody looks into it: every record carries one, and Connect stores few of them. Any
 * thread may read it; only the one that made it may change it, before it gives it away.
 */
final class DeferredOffset extends AbstractMap<String, Object> {

    private final Supplier<Map<String, Object>> maker;
    private volatile @Nullable Map<String, Object> made;

    /** @param maker makes the map, the same one each time; any thread may call it */
    DeferredOffset(Supplier<Map<String, Object>> maker) {
        this.maker = maker;
    }

    private Map<String, Object> map() {
        Map<String, Object> known = made;
        if (known == null) {
            known = maker.get();
            made = known;
        }
        return known;
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return map().entrySet();
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return map().get(key);
    }

    @Override
    public @Nullable Object put(String key, Object value) {
        return map().put(key, value);
    }

    @Override
    public void clear() {
        made = new LinkedHashMap<>();
    }
}
