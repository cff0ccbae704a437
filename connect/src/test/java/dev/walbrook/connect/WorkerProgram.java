package dev.walbrook.connect;

import dev.walbrook.local.ConnectWorker;
import java.io.IOException;
import java.nio.file.Path;

/** A Connect worker with exactly-once source support in a process of its own, to be killed. */
final class WorkerProgram {

    private WorkerProgram() {}

    /** @param arguments bootstrap servers, group, plugin folder, REST port */
    public static void main(String[] arguments) throws IOException {
        ConnectWorker.builder()
                .bootstrapServers(arguments[0])
                .groupId(arguments[1])
                .pluginPath(Path.of(arguments[2]))
                .port(Integer.parseInt(arguments[3]))
                .property("exactly.once.source.support", "enabled")
                .start();
        // Until it is killed, or its parent is gone.
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }

    static Process start(String bootstrapServers, String group, String pluginPath, int port) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProgram.class.getName(),
                        bootstrapServers,
                        group,
                        pluginPath,
                        Integer.toString(port))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
