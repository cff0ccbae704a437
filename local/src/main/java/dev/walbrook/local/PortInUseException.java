package dev.walbrook.local;

import java.util.Optional;

/** A port that was asked for is taken by another process. */
public final class PortInUseException extends StartException {

    private static final long serialVersionUID = 1L;

    private final int port;
    private final long holderPid;

    PortInUseException(String service, int port, Optional<Ports.Holder> holder) {
        super("Port " + port + " on 127.0.0.1, wanted for " + service + ", is in use"
                + holder.map(process -> " by process " + process.pid() + " (" + process.command() + ")")
                        .orElse("")
                + ".");
        this.port = port;
        this.holderPid = holder.map(Ports.Holder::pid).orElse(-1L);
    }

    /** The port that is taken. */
    public int port() {
        return port;
    }

    /** The process that holds the port, or -1 where the operating system does not tell. */
    public long holderPid() {
        return holderPid;
    }
}
