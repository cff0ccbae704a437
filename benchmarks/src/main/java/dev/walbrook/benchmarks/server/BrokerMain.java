package dev.walbrook.benchmarks.server;

import dev.walbrook.local.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in a JVM of its own; its argument is the data directory. */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws IOException {
        KafkaBroker broker = KafkaBroker.builder()
                .dataDirectory(Path.of(arguments[0]))
                .property("auto.create.topics.enable", "false")
                // Measured topics are deleted after each run; their files need not stay for a minute.
                .property("log.segment.delete.delay.ms", "1000")
                .property("message.max.bytes", Integer.toString(16 << 20))
                .property("log.segment.bytes", Integer.toString(1 << 30))
                .start();
        ServerProcess.serve(broker.bootstrapServers());
        // The data is thrown away: there is nothing to close in order.
        Runtime.getRuntime().halt(0);
    }
}
