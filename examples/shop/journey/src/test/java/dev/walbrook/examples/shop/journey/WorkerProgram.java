package dev.walbrook.examples.shop.journey;

import dev.walbrook.local.ConnectWorker;
import java.io.IOException;
import java.nio.file.Path;

/** A Connect worker in a process of its own. Arguments: broker, port, plugin folder. */
final class WorkerProgram {

    private WorkerProgram() {}

    public static void main(String[] arguments) throws IOException {
        ConnectWorker worker = ConnectWorker.builder()
                .bootstrapServers(arguments[0])
                .port(Integer.parseInt(arguments[1]))
                .pluginPath(Path.of(arguments[2]))
                .property("offset.flush.interval.ms", "1000")
                .start();
        Part.ready();
        Part.awaitEndOfInput();
        worker.stop();
    }
}
