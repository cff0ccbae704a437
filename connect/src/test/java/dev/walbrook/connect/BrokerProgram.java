package dev.walbrook.connect;

import dev.walbrook.local.KafkaBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in a process of its own, to be killed. */
final class BrokerProgram {

    private BrokerProgram() {}

    /** @param arguments data folder, port, controller's port */
    public static void main(String[] arguments) throws IOException {
        KafkaBroker.builder()
                .dataDirectory(Path.of(arguments[0]))
                .port(Integer.parseInt(arguments[1]))
                .controllerPort(Integer.parseInt(arguments[2]))
                .start();
        // Until it is killed, or its parent is gone.
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }

    static Process start(Path data, int port, int controllerPort) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProgram.class.getName(),
                        data.toString(),
                        Integer.toString(port),
                        Integer.toString(controllerPort))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
