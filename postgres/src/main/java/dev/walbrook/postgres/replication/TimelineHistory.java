package dev.walbrook.postgres.replication;

import dev.walbrook.postgres.Lsn;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where each ancestor of a timeline ended and its successor began.
 *
 * @param ends the end of each ancestor, by timeline
 */
public record TimelineHistory(Map<Integer, Lsn> ends) {

    /** Asks the server for the history of a timeline; the first timeline has none. */
    public static TimelineHistory read(ReplicationConnection connection, int timeline) {
        return timeline == 1 ? new TimelineHistory(Map.of()) : parse(connection.timelineHistory(timeline));
    }

    /**
     * Reads a history file: a line per ancestor with its number, where it ended, and a reason, separated by tabs; comments
     * begin with a hash sign.
     */
    static TimelineHistory parse(String content) {
        Map<Integer, Lsn> ends = new HashMap<>();
        for (String line : content.lines().map(String::strip).toList()) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] fields = line.split("\\s+", 3);
                ends.put(Integer.valueOf(fields[0]), Lsn.parse(fields[1]));
            }
        }
        return new TimelineHistory(Map.copyOf(ends));
    }

    /** Where that timeline ended; null if it is not an ancestor. */
    public @Nullable Lsn endOf(int timeline) {
        return ends.get(timeline);
    }
}
