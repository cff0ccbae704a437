package dev.walbrook.benchmarks.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A JVM that serves until its standard input ends, which it also does when this JVM dies however suddenly. It says
 * {@value #READY} and its address once on standard output.
 */
public final class ServerProcess implements AutoCloseable {

    static final String READY = "READY ";

    private static final int MOST_SECONDS_TO_START = 60;

    private final Process process;
    private final String address;
    private final Path log;

    private ServerProcess(Process process, String address, Path log) {
        this.process = process;
        this.address = address;
        this.log = log;
    }

    /** Starts the main class and returns when it is ready. */
    static ServerProcess start(Build build, Class<?> main, Path log, List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-Dwalbrook.log.level=info", "-cp", build.serverClassPath(), main.getName()));
        command.addAll(arguments);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
                    .start();
            return new ServerProcess(process, awaitReady(process, log), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + main.getSimpleName(), e);
        }
    }

    private static String awaitReady(Process process, Path log) throws IOException {
        // One that has too little memory may collect garbage for ever.
        AtomicBoolean isReady = new AtomicBoolean();
        CompletableFuture.delayedExecutor(MOST_SECONDS_TO_START, TimeUnit.SECONDS)
                .execute(() -> {
                    if (!isReady.get()) {
                        process.destroyForcibly();
                    }
                });
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = output.readLine();
        }
        if (line == null) {
            process.destroyForcibly();
            throw new IOException("the process ended before it was ready; see " + log);
        }
        isReady.set(true);
        return line.substring(READY.length());
    }

    /** Where it listens. */
    public String address() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    /** False once it has ended, for example for want of memory. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /** Ends it, in order if it does so within ten seconds. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // It is gone already, or will be by force.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** In the server's JVM: says that it is ready, and returns when it shall end. */
    static void serve(String address) throws IOException {
        System.out.println(READY + address);
        System.out.flush();
        while (System.in.read() >= 0) {
            // Nothing is ever sent.
        }
    }
}
