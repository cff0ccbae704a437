package dev.walbrook.capture;

/** The snapshot's rows so far are void: it failed, and all of it will be read again. */
public record SnapshotAbandoned() implements CaptureEvent {

    @Override
    public int weight() {
        return 16;
    }
}
