package dev.walbrook.connect.source;

import dev.walbrook.connect.source.type.CompatibilityLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.header.Header;

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
     * The headers of one run. Records share them: a header cannot be changed.
     *
     * @param level the release to look like: the headers came with 3.2, the run with 3.4
     * @param prefix {@code topic.prefix}
     * @param taskId the task's number
     */
    static List<Header> of(CompatibilityLevel level, String prefix, String taskId) {
        ConnectHeaders headers = new ConnectHeaders();
        if (level.isAtLeast(CompatibilityLevel.V3_2)) {
            headers.addString(PREFIX + "connectorLogicalName", prefix);
            headers.addString(PREFIX + "taskId", taskId);
            headers.addString(PREFIX + "connectorName", "postgresql");
        }
        if (level.isAtLeast(CompatibilityLevel.V3_4)) {
            headers.addString(
                    PREFIX + "runId", timeOrdered(System.currentTimeMillis()).toString());
        }
        List<Header> shared = new ArrayList<>();
        headers.forEach(shared::add);
        return shared;
    }

    /** A UUID of version 7 (RFC 9562): later runs have greater ones. */
    private static UUID timeOrdered(long millis) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(
                millis << 16 | TIME_ORDERED | random.nextInt(RANDOM_IN_UPPER),
                VARIANT | random.nextLong() & BELOW_VARIANT);
    }
}
