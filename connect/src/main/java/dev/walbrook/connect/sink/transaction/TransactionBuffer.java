package dev.walbrook.connect.sink.transaction;

import dev.walbrook.connect.sink.delivery.Progress;
import dev.walbrook.connect.sink.write.ReadRecord;
import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds records until the transaction they are part of is complete and all that were committed before it are written. For one
 * task's thread.
 *
 * <p>A source emits one transaction after the other, so that in each partition they follow each other in the order of their
 * commits; but what one partition brings is ahead of what another does. The topic of transactions tells their order and how
 * many events each has. A source that was interrupted repeats: events by their number in the transaction, transactions by the
 * end of their commit in the WAL.
 */
public final class TransactionBuffer {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionBuffer.class);

    /** Of how many written transactions events are recognised that come again before their repeated end does. */
    private static final int REMEMBERED = 10_000;

    private final Subscription subscription;
    private final Map<TopicPartition, Deque<Place>> places = new HashMap<>();
    private final Map<Long, OpenTransaction> open = new HashMap<>();
    private final Deque<OpenTransaction> ended = new ArrayDeque<>();
    private final List<Mark.End> handedOut = new ArrayList<>();
    private final Map<Long, Long> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final Set<String> known = new HashSet<>();
    private @Nullable String transactionTopic;
    private long lastLsn = -1;
    private long lastMillis = -1;
    private long bytes;

    public TransactionBuffer(Subscription subscription) {
        this.subscription = subscription;
    }

    /**
     * Takes a record.
     *
     * @param place where it is
     * @param read what it wants; null for nothing, so that it only counts
     * @param size what it takes in memory, roughly, in bytes
     * @throws WalbrookException CONFIGURATION if its topic cannot be placed
     */
    public void add(TopicPartition partition, Progress.Hold place, Mark mark, @Nullable ReadRecord read, long size) {
        if (mark instanceof Mark.Outside) {
            queue(partition, new Place(place, null, read));
        } else if (mark instanceof Mark.Event event) {
            Long repeatedUpTo = written.get(event.xid());
            if (repeatedUpTo == null || event.lsn() > repeatedUpTo) {
                require(partition.topic(), event.collection());
                OpenTransaction transaction = open.computeIfAbsent(event.xid(), OpenTransaction::new);
                transaction.add(event, read, size);
                bytes += size;
                queue(partition, place, transaction);
            }
        } else if (mark instanceof Mark.Begin begin) {
            learn(partition);
            queue(partition, place, open.computeIfAbsent(begin.xid(), OpenTransaction::new));
        } else if (mark instanceof Mark.End end) {
            learn(partition);
            end(partition, place, end);
        }
    }

    private void end(TopicPartition partition, Progress.Hold place, Mark.End end) {
        if (end.lsn() <= lastLsn && end.millis() <= lastMillis) {
            // Written before, and emitted once more.
            OpenTransaction repeated = open.get(end.xid());
            if (repeated != null) {
                leave(repeated);
            }
            written.put(end.xid(), end.lsn());
            return;
        }
        OpenTransaction transaction = open.computeIfAbsent(end.xid(), OpenTransaction::new);
        queue(partition, place, transaction);
        if (transaction.end() == null) {
            transaction.end(end);
            ended.add(transaction);
        }
    }

    private void queue(TopicPartition partition, Progress.Hold at, OpenTransaction transaction) {
        Place place = new Place(at, transaction, null);
        transaction.at(partition, place);
        queue(partition, place);
    }

    private void queue(TopicPartition partition, Place place) {
        places.computeIfAbsent(partition, any -> new ArrayDeque<>()).add(place);
    }

    private void learn(TopicPartition partition) {
        String topic = partition.topic();
        if (partition.partition() > 0) {
            throw new WalbrookException(
                    ErrorKind.CONFIGURATION,
                    "apply.mode=transaction needs the topic " + topic
                            + ", which tells the order of the transactions, to have one partition",
                    Map.of());
        }
        if (transactionTopic == null) {
            transactionTopic = topic;
        } else if (!transactionTopic.equals(topic)) {
            throw new WalbrookException(
                    ErrorKind.CONFIGURATION,
                    "apply.mode=transaction takes the transactions of one source, and there are those of two: topics "
                            + transactionTopic + " and " + topic + "; give each source a sink connector of its own",
                    Map.of());
        }
    }

    /** What is in a topic of another name is not waited for, and would be lost in silence. */
    private void require(String topic, String collection) {
        String boundaries = transactionTopic;
        if (boundaries != null
                && !known.contains(topic + " " + collection)
                && !Subscription.isTopicOf(topic, collection, boundaries)) {
            throw new WalbrookException(
                    ErrorKind.CONFIGURATION,
                    "apply.mode=transaction cannot tell when it has everything of a transaction: topic " + topic
                            + " holds events of " + collection
                            + "; it needs the topics' names as the source makes them, without routing",
                    Map.of());
        }
        if (boundaries != null) {
            known.add(topic + " " + collection);
        }
    }

    /** The predecessor of this task wrote everything up to this end. */
    public void startAfter(Mark.End end) {
        lastLsn = Math.max(lastLsn, end.lsn());
        lastMillis = Math.max(lastMillis, end.millis());
        written.put(end.xid(), end.lsn());
    }

    /**
     * What can be written now, in this order, each list as a whole. It counts as handed out until {@link #written} or
     * {@link #clear}.
     *
     * @param atLeast how many records are wanted at least, if they are there
     */
    public List<List<ReadRecord>> ready(int atLeast) {
        List<List<ReadRecord>> ready = new ArrayList<>();
        int records = 0;
        while (true) {
            records += takeOutside(ready);
            OpenTransaction next = ended.peek();
            Mark.End end = next == null ? null : next.end();
            if (records >= atLeast
                    || next == null
                    || end == null
                    || !missing(next).isEmpty()) {
                return ready;
            }
            dropWhatNeverEnded(next);
            List<ReadRecord> whole = next.records();
            if (!whole.isEmpty()) {
                ready.add(whole);
                records += whole.size();
            }
            handedOut.add(end);
            leave(next);
        }
    }

    /** Rows that are part of no transaction, once everything before them in their partition is gone. */
    private int takeOutside(List<List<ReadRecord>> ready) {
        int records = 0;
        for (Deque<Place> queue : places.values()) {
            Place first = queue.peek();
            while (first != null && (first.isReleased() || first.transaction() == null)) {
                ReadRecord row = first.outside();
                if (row != null && !first.isReleased()) {
                    ready.add(List.of(row));
                    records++;
                }
                queue.remove();
                first = queue.peek();
            }
        }
        return records;
    }

    /** The source was interrupted and never went on with them: whatever came first in a partition would have ended first. */
    private void dropWhatNeverEnded(OpenTransaction next) {
        for (Map.Entry<TopicPartition, Deque<Place>> partition : places.entrySet()) {
            if (!next.isIn(partition.getKey())) {
                continue;
            }
            for (Place place : partition.getValue()) {
                OpenTransaction earlier = place.transaction();
                if (earlier == next && !place.isReleased()) {
                    break;
                }
                if (earlier != null && earlier.end() == null && !place.isReleased()) {
                    LOG.warn(
                            "topic={} partition={} transaction={} is left out: it was emitted in part, and another one ended after it",
                            partition.getKey().topic(),
                            partition.getKey().partition(),
                            earlier.xid());
                    leave(earlier);
                }
            }
        }
    }

    private void leave(OpenTransaction transaction) {
        transaction.release();
        open.remove(transaction.xid());
        ended.remove(transaction);
        bytes -= transaction.bytes();
    }

    /** From where on each partition's records are still held; call it after {@link #ready}. */
    public Map<TopicPartition, Progress.Hold> holds() {
        Map<TopicPartition, Progress.Hold> holds = new HashMap<>();
        places.forEach((partition, queue) -> {
            while (!queue.isEmpty() && Objects.requireNonNull(queue.peek()).isReleased()) {
                queue.remove();
            }
            Place first = queue.peek();
            if (first != null) {
                holds.put(partition, first.hold());
            }
        });
        return holds;
    }

    /** What was handed out is in the target. */
    public void written() {
        handedOut.forEach(this::startAfter);
        handedOut.clear();
    }

    /** Forgets what is held and what was handed out: all of it will be delivered again. */
    public void clear() {
        places.clear();
        open.clear();
        ended.clear();
        handedOut.clear();
        bytes = 0;
    }

    /** What is held, roughly, in bytes. */
    public long bytes() {
        return bytes;
    }

    /** How many records of transactions are held. */
    public int records() {
        return open.values().stream().mapToInt(OpenTransaction::size).sum();
    }

    /** What is held of the largest transaction, roughly, in bytes. */
    public long largest() {
        return open.values().stream().mapToLong(OpenTransaction::bytes).max().orElse(0);
    }

    /** The partitions that have brought everything of the transaction that is next, and so need not be read for now. */
    public Set<TopicPartition> ahead() {
        Set<TopicPartition> ahead = new HashSet<>();
        OpenTransaction next = ended.peek();
        places.forEach((partition, queue) -> {
            Place first = queue.peek();
            Place last = queue.peekLast();
            if (first != null && last != null) {
                OpenTransaction wanted = next == null ? first.transaction() : next;
                if (last.transaction() != wanted) {
                    ahead.add(partition);
                }
            }
        });
        return ahead;
    }

    /** Why nothing of what is held can be written, for a person; null if nothing is held. */
    public @Nullable String waitsFor() {
        OpenTransaction next = ended.peek();
        if (next != null) {
            return "transaction " + next.xid() + " is not complete; there are of " + missing(next)
                    + " events. If a transform leaves out the rest, take it out";
        }
        if (open.isEmpty()) {
            return null;
        }
        return transactionTopic == null
                ? "no record has told yet where a transaction ends; the source's topic of transactions, such as"
                        + " prefix.transaction, must be among the topics"
                : "topic " + transactionTopic
                        + " has not told yet where the transactions end of which there are events";
    }

    private Map<String, String> missing(OpenTransaction next) {
        return next.missing(subscription, Objects.requireNonNullElse(transactionTopic, ""));
    }
}
