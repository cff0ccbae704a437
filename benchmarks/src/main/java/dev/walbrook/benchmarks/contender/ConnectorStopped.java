package dev.walbrook.benchmarks.contender;

/** The connector or its worker did not survive, or did not get ready in time. */
public final class ConnectorStopped extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConnectorStopped(String why) {
        super(why);
    }
}
