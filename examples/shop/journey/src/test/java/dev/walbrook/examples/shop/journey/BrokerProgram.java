package dev.walbrook.examples.shop.journey;

import dev.walbrook.local.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in a process of its own. Arguments: data directory, port. */
final class BrokerProgram {

    private BrokerProgram() {}

    public static void main(String[] arguments) throws IOException {
        KafkaBroker broker = KafkaBroker.builder()
                .dataDirectory(Path.of(arguments[0]))
                .port(Integer.parseInt(arguments[1]))
                .start();
        Part.ready();
        Part.awaitEndOfInput();
        broker.stop();
    }
}
