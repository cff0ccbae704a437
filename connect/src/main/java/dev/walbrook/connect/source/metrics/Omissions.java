package dev.walbrook.connect.source.metrics;

/** Counts the changes of which no record was made. Belongs to the task's thread, as all that makes records. */
public final class Omissions {

    private long failed;
    private long unchanged;

    /** A change could not be represented. */
    public void addFailed() {
        failed++;
    }

    /** An update changed nothing that is captured. */
    public void addUnchanged() {
        unchanged++;
    }

    long failed() {
        return failed;
    }

    long unchanged() {
        return unchanged;
    }
}
