package dev.walbrook.connect.sink.delivery;

import dev.walbrook.postgres.error.ErrorKind;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a task has come with each of its partitions: what the target holds, and what the batch in hand will add. Decides
 * which records are taken and which were written before. Pure bookkeeping, for one task's thread.
 *
 * <p>A partition's way: opened, claimed (the target says where to go on and the consumer is sent there), then records are
 * taken and written until it is closed. Connect sends the consumer there before it delivers anything if the task asks while
 * the partition is opened. If an outage keeps it from asking until records are delivered, these are from the wrong place.
 */
public final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);

    private final Map<TopicPartition, State> partitions = new HashMap<>();
    private final boolean verifies;
    private Map<TopicPartition, Hold> holds = Map.of();
    private boolean redelivering;

    /**
     * Where a partition's records that must not count as written yet begin.
     *
     * @param offset the first of them
     * @param timestampBefore the timestamp of the record before it, in milliseconds; null if it has none
     */
    public record Hold(long offset, @Nullable Long timestampBefore) {}

    /** @param verifies whether the last record that was written is read once more when a partition is claimed */
    public Progress(boolean verifies) {
        this.verifies = verifies;
    }

    private static final class State {

        /** The epoch under which the task has the partition; null until it is claimed. */
        private @Nullable Long epoch;
        /** What the target holds; null if nothing. */
        private @Nullable Long stored;
        /** The first record that was taken; null if none was. */
        private @Nullable Long first;
        /** The target has to be asked what it holds: nobody knows how the last transaction ended. */
        private boolean unsure;
        /** The offset after the last record taken; null if none was. */
        private @Nullable Long taken;
        /** The timestamp of the last record taken; null if it has none. */
        private @Nullable Long timestamp;
        /** Whether the last record that was written comes again, to show that this is still the topic it was read from. */
        private boolean verifying;
        /** Whether something was taken that is not written yet. */
        private boolean pending;
        /** What was taken last will not be written, so that what was consumed says nothing. */
        private boolean givenUp;
        /** Whether something was taken since the last batch was handed over to be written. */
        private boolean fresh;
        /** The consumer is told to go elsewhere; what it brings meanwhile is from the wrong place. */
        private boolean rewinding;
        /** Another task has taken the partition over. */
        private boolean lost;
        /** It was lost, and Connect had the time to notice. */
        private boolean gone;
    }

    /** The partitions are this task's from now on. */
    public void open(Collection<TopicPartition> opened) {
        opened.forEach(partition -> partitions.put(partition, new State()));
    }

    /** The partitions are not this task's any more. */
    public void close(Collection<TopicPartition> closed) {
        closed.forEach(partitions::remove);
    }

    /** Partitions whose place in the target is still to be asked for. */
    public List<TopicPartition> unclaimed() {
        List<TopicPartition> unclaimed = new ArrayList<>();
        partitions.forEach((partition, state) -> {
            if (state.epoch == null) {
                unclaimed.add(partition);
            }
        });
        return unclaimed;
    }

    /**
     * The target has said where a partition goes on.
     *
     * @param delivering whether Connect is delivering records already, from wherever the consumer was
     * @return the offset to which the consumer is to be sent; null to let it go on where it is
     */
    @Nullable
    Long claimed(TopicPartition partition, OffsetsTable.Entry entry, boolean delivering) {
        State state = state(partition);
        state.epoch = entry.epoch();
        state.stored = entry.next();
        state.taken = entry.next();
        state.timestamp = entry.lastTimestamp();
        Long next = entry.next();
        state.rewinding = delivering && next != null;
        state.verifying = verifies && next != null && next > 0 && entry.lastTimestamp() != null;
        return next != null && state.verifying ? Long.valueOf(next - 1) : next;
    }

    /**
     * Whether the record is to be written now; if so, it counts as taken.
     *
     * @param timestamp the record's, in milliseconds; null if it has none
     * @throws WalbrookException SINK_FENCED if another task writes the partition, and Connect delivers it here all the same;
     *     SINK_TOPIC_CHANGED if the topic is not the one of which the target holds the offsets
     */
    public boolean take(TopicPartition partition, long offset, @Nullable Long timestamp) {
        State state = state(partition);
        if (state.gone) {
            throw new WalbrookException(
                    ErrorKind.SINK_FENCED,
                    "Another task writes topic=" + partition.topic() + " partition=" + partition.partition()
                            + " into the same target",
                    Map.of());
        }
        if (state.rewinding || state.lost) {
            return false;
        }
        Long taken = state.taken;
        boolean verifying = state.verifying;
        state.verifying = false;
        if (verifying && taken != null && offset == taken - 1) {
            if (!Objects.equals(timestamp, state.timestamp)) {
                throw changed(partition, offset);
            }
            return false;
        }
        if (taken != null && offset < taken) {
            if (redelivering) {
                return false;
            }
            LOG.warn(
                    "topic={} partition={} goes on at offset {} although the target has everything before {}: the topic"
                            + " was created anew, or lost records; they are written",
                    partition.topic(),
                    partition.partition(),
                    offset,
                    taken);
        }
        if (state.first == null) {
            state.first = offset;
        }
        state.taken = offset + 1;
        state.timestamp = timestamp;
        state.pending = true;
        state.givenUp = false;
        state.fresh = true;
        return true;
    }

    /** Whether the record is the last one that was written, which comes again only to be looked at. */
    public boolean verifies(TopicPartition partition, long offset) {
        State state = state(partition);
        return state.verifying && !state.rewinding && state.taken != null && offset == state.taken - 1;
    }

    /** The timestamp of the record of a partition that was taken last, in milliseconds; null if it has none. */
    public @Nullable Long timestamp(TopicPartition partition) {
        return state(partition).timestamp;
    }

    /** From these records on, what was taken is not written yet. Other partitions have nothing that waits. */
    public void hold(Map<TopicPartition, Hold> held) {
        holds = Map.copyOf(held);
    }

    /** Whether nothing of the partition is left to be written: the target has it all, or another task writes it. */
    public boolean isDone(TopicPartition partition) {
        State state = state(partition);
        return state.lost || !state.pending;
    }

    private static WalbrookException changed(TopicPartition partition, long offset) {
        return new WalbrookException(
                ErrorKind.SINK_TOPIC_CHANGED,
                "The record at topic=" + partition.topic() + " partition=" + partition.partition() + " offset=" + offset
                        + " is not the one that was written last: the topic is another one of the same name",
                Map.of("topic", partition.topic()));
    }

    /** Connect will deliver again what it has just delivered. */
    public void expectRedelivery() {
        redelivering = true;
    }

    /** Connect has done with what it delivered: what comes next is from where the consumer was sent. */
    public void delivered() {
        redelivering = false;
        partitions.values().forEach(state -> {
            state.rewinding = false;
            state.gone = state.lost;
        });
    }

    /** What the batch in hand moves. */
    public List<OffsetsTable.Advance> advances() {
        List<OffsetsTable.Advance> advances = new ArrayList<>();
        partitions.forEach((partition, state) -> {
            Hold hold = holds.get(partition);
            Long next = hold == null ? state.taken : Long.valueOf(hold.offset());
            boolean moves = next != null && (hold == null || isFurther(state, hold));
            if (next != null && moves && state.pending && !state.lost) {
                long epoch = state.epoch == null ? 0 : state.epoch;
                Long timestamp = hold == null ? state.timestamp : hold.timestampBefore();
                advances.add(new OffsetsTable.Advance(partition, epoch, state.stored, next, timestamp));
            }
        });
        return advances;
    }

    /** A place at which nothing was written yet is not worth storing. */
    private static boolean isFurther(State state, Hold hold) {
        Long before = state.stored == null ? state.first : state.stored;
        return before == null || hold.offset() != before;
    }

    /** What the batch in hand moves; what is taken from now on is the next one's. */
    public List<OffsetsTable.Advance> handOver() {
        partitions.values().forEach(state -> state.fresh = false);
        return advances();
    }

    /** What was handed over is in the target. */
    public void written(List<OffsetsTable.Advance> advances) {
        for (OffsetsTable.Advance advance : advances) {
            State state = state(advance.partition());
            state.stored = advance.next();
            state.pending = state.fresh;
        }
    }

    /** What was taken is in the target. */
    public void written() {
        partitions.forEach((partition, state) -> {
            Hold hold = holds.get(partition);
            if (state.lost || !state.pending) {
                return;
            }
            if (hold == null) {
                state.stored = state.taken;
                state.pending = false;
            } else if (isFurther(state, hold)) {
                state.stored = hold.offset();
            }
        });
    }

    /** Nothing of what was taken is in hand any more, and nobody knows how the last transaction ended. */
    public void interrupted() {
        holds = Map.of();
        partitions.values().forEach(state -> state.unsure |= state.taken != null);
    }

    /** Partitions of which the target has to be asked what it holds. */
    public List<TopicPartition> unsure() {
        List<TopicPartition> unsure = new ArrayList<>();
        partitions.forEach((partition, state) -> {
            if (state.unsure && !state.lost) {
                unsure.add(partition);
            }
        });
        return unsure;
    }

    /**
     * The target has said what it holds of such a partition.
     *
     * @param entry null if the target knows nothing of the partition any more
     * @return where the consumer has to go back to; null if another task has taken the partition over
     */
    @Nullable
    Long found(TopicPartition partition, OffsetsTable.@Nullable Entry entry) {
        State state = state(partition);
        state.unsure = false;
        if (entry == null || !Objects.equals(entry.epoch(), state.epoch)) {
            state.lost = true;
            return null;
        }
        Long place = entry.next() == null ? state.first : entry.next();
        state.stored = entry.next();
        state.taken = entry.next();
        state.timestamp = entry.lastTimestamp();
        state.pending = false;
        state.verifying = false;
        state.rewinding = true;
        return place;
    }

    /** What was taken will not be written; it may be delivered again, and the consumer group must not leave it behind. */
    public void abandoned() {
        partitions.values().forEach(state -> {
            state.givenUp |= state.pending;
            state.taken = state.stored;
            state.pending = false;
        });
    }

    /**
     * Learns what the target holds, after it held something else than was expected: because a transaction whose end nobody saw
     * was committed after all, or because another task has taken partitions over.
     *
     * @param now what the target holds of the partitions that were to be moved
     * @return whether that explains anything
     */
    boolean reconcile(Map<TopicPartition, OffsetsTable.Entry> now) {
        boolean explained = false;
        for (OffsetsTable.Advance advance : advances()) {
            OffsetsTable.Entry entry = now.get(advance.partition());
            State state = state(advance.partition());
            if (entry == null || entry.epoch() != advance.epoch()) {
                state.lost = true;
                explained = true;
            } else if (!Objects.equals(entry.next(), advance.before())) {
                // Nobody else moves a partition without raising its epoch.
                state.stored = advance.next();
                state.pending = false;
                explained = true;
            }
        }
        return explained;
    }

    /**
     * The offsets the consumer group may be told: what the target has, or all that was consumed where nothing of it waits to be
     * written, because transforms may have left out the rest.
     *
     * @param consumed the offsets after what Connect has delivered or left out
     */
    public Map<TopicPartition, OffsetAndMetadata> committable(Map<TopicPartition, OffsetAndMetadata> consumed) {
        Map<TopicPartition, OffsetAndMetadata> committable = new HashMap<>();
        partitions.forEach((partition, state) -> {
            if (state.lost) {
                return;
            }
            boolean open = state.pending || state.rewinding || state.givenUp;
            OffsetAndMetadata end = open ? null : consumed.get(partition);
            Long stored = state.stored;
            if (end != null && (stored == null || end.offset() > stored)) {
                committable.put(partition, end);
            } else if (stored != null) {
                committable.put(partition, new OffsetAndMetadata(stored));
            }
        });
        return committable;
    }

    /** Connect opens every partition before it delivers its records; a caller who does not is taken to have done so. */
    private State state(TopicPartition partition) {
        return partitions.computeIfAbsent(partition, any -> new State());
    }
}
