package dev.walbrook.conformance;

import java.util.List;

/** Something that happens after both connectors stream. */
sealed interface Step {

    /** The statements in one transaction. */
    record Transaction(List<String> statements) implements Step {}

    /** A script that begins and ends its own transactions. */
    record Script(String sql) implements Step {}

    /** Waits until both connectors have written everything so far. */
    record Settle() implements Step {}

    /** Stops both connectors when they have written everything so far. */
    record Stop() implements Step {}

    /** Starts both connectors again. */
    record Resume() implements Step {}

    /**
     * Waits until each running connector has written to a topic of its own.
     *
     * @param topic a part of the topic's name
     */
    record Await(String topic) implements Step {}
}
