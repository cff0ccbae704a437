package dev.walbrook.capture;

/** One element of the stream, in commit order. */
public sealed interface CaptureEvent
        permits RowChange,
                TableTruncation,
                EmittedMessage,
                TransactionBegin,
                TransactionEnd,
                Progress,
                SnapshotAbandoned {

    /** How many bytes of memory it holds, roughly; what the hand-over is bounded by. */
    int weight();
}
