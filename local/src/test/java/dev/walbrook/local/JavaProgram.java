package dev.walbrook.local;

import java.io.IOException;
import java.nio.file.Path;

/** Runs a main class of the tests in a JVM of its own, to be killed. */
final class JavaProgram {

    private JavaProgram() {}

    static Process run(Class<?> main, Path argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        main.getName(),
                        argument.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
