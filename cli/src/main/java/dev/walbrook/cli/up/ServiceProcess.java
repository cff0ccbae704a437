package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A service in a JVM of its own that ends with this process, however this one ends.
 *
 * <p>A shell between the two reads a pipe from us. Its end means that we have stopped the service or are dead, and then
 * the shell ends the service.
 */
final class ServiceProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int STOP_SECONDS = 15;

    /** Ctrl-C reaches the whole terminal; the order of the stop is ours, so the shell and its child ignore it. */
    private static final String GUARD =
            """
            trap '' INT
            exec 3<&0
            "$@" 3<&- </dev/null &
            service=$!
            {
                cat <&3 >/dev/null
                kill -TERM $service
                seconds=0
                while kill -0 $service && [ $seconds -lt 10 ]; do sleep 1; seconds=$((seconds + 1)); done
                kill -KILL $service
            } 2>/dev/null &
            exec 3<&-
            wait $service
            """;

    private final String name;
    private final Process process;
    private final Path log;

    private ServiceProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts the service without waiting for it.
     *
     * @param name for messages
     * @param environment what the service is configured by
     * @param log where its output goes, anew
     */
    static ServiceProcess start(String name, Path jar, Map<String, String> environment, Path log) {
        List<String> command = List.of(
                "/bin/sh",
                "-c",
                GUARD,
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                jar.toString());
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            builder.environment().putAll(environment);
            return new ServiceProcess(name, builder.start(), log);
        } catch (IOException e) {
            throw new AdminException("cannot start the " + name + ": " + e.getMessage(), "", e);
        }
    }

    /**
     * Waits until the service answers.
     *
     * @param health a URL that answers 200 when the service is ready
     */
    void awaitReady(URI health) throws InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(5)).build();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (true) {
            requireRunning();
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (ConnectException e) {
                // Not listening yet.
            } catch (IOException e) {
                // Listening but not answering yet.
            }
            if (System.nanoTime() > deadline) {
                throw new AdminException(
                        "the " + name + " is not ready after " + START_LIMIT.toMinutes() + " minutes",
                        "Its log is " + log + ".");
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** @throws AdminException if the service has ended */
    void requireRunning() {
        if (!process.isAlive()) {
            throw new AdminException(
                    "the " + name + " has ended with " + process.exitValue(), "The reason is in its log, " + log + ".");
        }
    }

    /** Stops the service in order, by force after a while. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (IOException e) {
            // The pipe is gone, and so is the shell that read it.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
