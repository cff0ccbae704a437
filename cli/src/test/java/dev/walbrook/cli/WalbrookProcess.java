package dev.walbrook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The walbrook command as a child process of a test, run from the distribution that the build has made. */
final class WalbrookProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private WalbrookProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts the command without a terminal; its output goes into a file. */
    static WalbrookProcess start(Path output, List<String> arguments) {
        Path home = Path.of(System.getProperty("walbrook.test.distribution", "target/walbrook"))
                .toAbsolutePath();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx768m",
                "-Dwalbrook.home=" + home,
                "-Dfile.encoding=UTF-8",
                "-Djava.util.logging.manager=org.apache.logging.log4j.jul.LogManager",
                "-cp",
                home.resolve("lib") + "/*",
                "dev.walbrook.cli.Main"));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            return new WalbrookProcess(process, output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command to its end and returns what it printed. */
    static String run(Path output, int expectedCode, List<String> arguments) throws InterruptedException {
        try (WalbrookProcess walbrook = start(output, arguments)) {
            assertThat(walbrook.process.waitFor(180, TimeUnit.SECONDS)).isTrue();
            assertThat(walbrook.process.exitValue())
                    .as("exit code of %s, which printed:%n%s", arguments, walbrook.output())
                    .isEqualTo(expectedCode);
            return walbrook.output();
        }
    }

    /** Waits until the output has the text; fails at once when the process ends before. */
    void awaitOutput(String text) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .failFast(() -> {
                    if (!process.isAlive() && !output().contains(text)) {
                        throw new AssertionError("walbrook ended with " + process.exitValue() + ":\n" + output());
                    }
                })
                .until(() -> output().contains(text));
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM; returns how long the process took to end. */
    Duration terminate() throws InterruptedException {
        long begin = System.nanoTime();
        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    /** SIGKILL for the process and all its children, like a power cut. */
    void kill() throws InterruptedException {
        List<ProcessHandle> family = process.descendants().toList();
        process.destroyForcibly();
        family.forEach(ProcessHandle::destroyForcibly);
        process.waitFor(60, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroy();
            try {
                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
