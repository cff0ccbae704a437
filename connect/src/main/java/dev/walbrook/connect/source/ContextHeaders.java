package dev.walbrook.connect.source;

import dev.walbrook.connect.source.type.CompatibilityLevel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The headers that say which connector, task and run a record comes from. */
final class ContextHeaders {

    private static final String PREFIX = "__debezium.context.";

    /** The version in the seventh byte of a UUID that starts with the time, and the variant in its ninth. */
    private static final long TIME_ORDERED = 0x7000L;

    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long BELOW_VARIANT = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final int RANDOM_IN_UPPER = 1 << 12;

    private ContextHeaders() {}

    /**
     * The headers of one run, by name.
     *
     * @param level the release to look like: the headers came with 3.2, the run with 3.4
     * @param prefix {@code topic.prefix}
     * @param taskId the task's number
     */
    static Map<String, String> of(CompatibilityLevel level, String prefix, String taskId) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (level.isAtLeast(CompatibilityLevel.V3_2)) {
            headers.put(PREFIX + "connectorLogicalName", prefix);
            headers.put(PREFIX + "taskId", taskId);
            headers.put(PREFIX + "connectorName", "postgresql");
        }
        if (level.isAtLeast(CompatibilityLevel.V3_4)) {
            headers.put(
                    PREFIX + "runId", timeOrdered(System.currentTimeMillis()).toString());
        }
        return headers;
    }

    /** A UUID of version 7 (RFC 9562): later runs have greater ones. */
    private static UUID timeOrdered(long millis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                millis << 16 | TIME_ORDERED | random.nextInt(RANDOM_IN_UPPER),
                VARIANT | random.nextLong() & BELOW_VARIANT);
    }
}
