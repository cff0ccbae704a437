package dev.walbrook.examples.shop.journey;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One process of the shop, to be killed and started again. */
final class Part implements AutoCloseable {

    private static final String READY = "READY FOR THE TEST";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path folder;
    private final Callable<Boolean> ready;
    private Process process;
    private Path log;
    private int starts;

    private Part(
            String name, List<String> command, Map<String, String> environment, Path folder, Callable<Boolean> ready) {
        this.name = name;
        this.command = command;
        this.environment = environment;
        this.folder = folder;
        this.ready = ready;
    }

    /** A program of these tests, which says when it is ready. */
    static Part program(Class<?> main, Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new Part(main.getSimpleName(), command, Map.of(), folder, null);
    }

    /** A service, which is ready when the condition holds. */
    static Part service(Path jar, Path folder, Map<String, String> environment, Callable<Boolean> ready) {
        List<String> command =
                List.of(java(), "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString());
        return new Part(jar.getFileName().toString(), command, environment, folder, ready);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** In a program: tells the test that it is ready. */
    static void ready() {
        System.out.println(READY);
        System.out.flush();
    }

    /** In a program: returns when the test ends, however it ends. */
    static void awaitEndOfInput() throws IOException {
        while (System.in.read() >= 0) {
            // The test writes nothing.
        }
    }

    /** Starts without waiting. */
    void start() {
        log = folder.resolve(name + "-" + ++starts + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() {
        Awaitility.await(name + " is ready, whose log is " + log)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(name + " ended with " + process.exitValue() + ":\n" + output());
                    }
                })
                .ignoreExceptions()
                .until(() -> ready == null ? output().contains(READY) : ready.call());
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError(name + " cannot be killed");
        }
    }

    /** Whether a service that is killed with the test is still there. */
    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** What it has written since its last start. */
    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws InterruptedException {
        if (isAlive()) {
            kill();
        }
    }

    /** Deletes nothing: the folder is the shop's. */
    @Override
    public String toString() {
        return name + " in " + new File(folder.toString()).getName();
    }
}
