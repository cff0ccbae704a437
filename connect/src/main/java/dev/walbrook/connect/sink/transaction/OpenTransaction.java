package dev.walbrook.connect.sink.transaction;

import dev.walbrook.connect.sink.write.ReadRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A transaction of which not everything has come, or which waits for those before it. */
final class OpenTransaction {

    private record Numbered(String collection, @Nullable ReadRecord read) {}

    private final long xid;
    private final TreeMap<Long, Numbered> events = new TreeMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final List<Place> places = new ArrayList<>();
    private final Set<TopicPartition> partitions = new HashSet<>();
    private Mark.@Nullable End end;
    private long bytes;

    OpenTransaction(long xid) {
        this.xid = xid;
    }

    long xid() {
        return xid;
    }

    Mark.@Nullable End end() {
        return end;
    }

    void end(Mark.End mark) {
        end = mark;
    }

    int size() {
        return events.size();
    }

    /** What is held of it in memory, roughly. */
    long bytes() {
        return bytes;
    }

    /** A record of it stands there in its partition. */
    void at(TopicPartition partition, Place place) {
        partitions.add(partition);
        places.add(place);
    }

    boolean isIn(TopicPartition partition) {
        return partitions.contains(partition);
    }

    /** An event that comes again, because the source was interrupted, takes the place of its first copy. */
    void add(Mark.Event mark, @Nullable ReadRecord read, long size) {
        Numbered before = events.put(mark.order(), new Numbered(mark.collection(), read));
        if (before != null) {
            counts.merge(before.collection(), -1L, Long::sum);
        }
        counts.merge(mark.collection(), 1L, Long::sum);
        bytes += size;
    }

    /** What of it is to be written, in the order in which the source did it. */
    List<ReadRecord> records() {
        List<ReadRecord> records = new ArrayList<>(events.size());
        for (Numbered event : events.values()) {
            if (event.read() != null) {
                records.add(event.read());
            }
        }
        return records;
    }

    /** The collections of which events are missing, each with how many have come of how many; empty if all are there. */
    Map<String, String> missing(Subscription subscription, String transactionTopic) {
        Mark.End known = end;
        return known == null
                ? Map.of()
                : known.events().entrySet().stream()
                        .filter(expected -> counts.getOrDefault(expected.getKey(), 0L) < expected.getValue()
                                && subscription.reads(expected.getKey(), transactionTopic))
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                expected -> counts.getOrDefault(expected.getKey(), 0L) + " of " + expected.getValue()));
    }

    /** Its records hold nothing back any more. */
    void release() {
        places.forEach(Place::release);
    }
}
