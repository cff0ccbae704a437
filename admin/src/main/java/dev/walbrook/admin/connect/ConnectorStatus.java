package dev.walbrook.admin.connect;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of a connector.
 *
 * @param name the connector
 * @param state the connector's own state
 * @param trace the stack trace when it failed; else null
 * @param tasks its tasks, by number; empty until the first is assigned
 */
public record ConnectorStatus(String name, State state, @Nullable String trace, List<Task> tasks) {

    /** States of connectors and tasks, as Connect names them. */
    public enum State {
        UNASSIGNED,
        RUNNING,
        PAUSED,
        STOPPED,
        FAILED,
        RESTARTING,
        /** Not in the worker's status topic yet, as right after registration. */
        UNKNOWN
    }

    /**
     * A task.
     *
     * @param id its number, from 0
     * @param state its state
     * @param worker the worker that runs it, {@code host:port}
     * @param trace the stack trace when it failed; else null
     */
    public record Task(int id, State state, String worker, @Nullable String trace) {}

    /** Whether the connector and at least one task run and no task does anything else. */
    public boolean isRunning() {
        return state == State.RUNNING
                && !tasks.isEmpty()
                && tasks.stream().allMatch(task -> task.state() == State.RUNNING);
    }

    /** The trace of the connector or of its first failed task; null if nothing has failed. */
    public @Nullable String failure() {
        if (state == State.FAILED) {
            return trace == null ? "" : trace;
        }
        for (Task task : tasks) {
            if (task.state() == State.FAILED) {
                return task.trace() == null ? "" : task.trace();
            }
        }
        return null;
    }
}
