package dev.walbrook.benchmarks.server;

import dev.walbrook.local.ConnectWorker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** A Connect worker in a JVM of its own; its arguments are the bootstrap servers, its group, and the plugin folders. */
public final class WorkerMain {

    private WorkerMain() {}

    public static void main(String[] arguments) throws IOException {
        ConnectWorker.Builder builder =
                ConnectWorker.builder().bootstrapServers(arguments[0]).groupId(arguments[1]);
        // What a connector may then say of its own producer.
        builder.property("connector.client.config.override.policy", "All");
        Arrays.stream(arguments).skip(2).map(Path::of).forEach(builder::pluginPath);
        ConnectWorker worker = builder.start();
        ServerProcess.serve(worker.restUrl());
        // Nobody takes over its work: there is nothing to hand over in order.
        Runtime.getRuntime().halt(0);
    }
}
