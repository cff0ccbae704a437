package dev.walbrook.benchmarks.contender;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A recording of a JVM's work with the JDK's "profile" settings, switched on and off with jcmd. */
final class FlightRecording implements AutoCloseable {

    private final long pid;
    private final @Nullable Path file;

    private FlightRecording(long pid, @Nullable Path file) {
        this.pid = pid;
        this.file = file;
    }

    /** @param file where to write it; null to record nothing */
    static FlightRecording start(long pid, @Nullable Path file) {
        if (file == null) {
            return new FlightRecording(pid, null);
        }
        Path absolute = file.toAbsolutePath();
        FlightRecording recording = new FlightRecording(pid, absolute);
        try {
            Files.createDirectories(absolute.getParent());
        } catch (IOException e) {
            System.err.println("no flight recording: " + e);
        }
        recording.command("JFR.start", "name=bench", "settings=profile");
        return recording;
    }

    /** Ends the recording and writes the file. */
    @Override
    public void close() {
        if (file != null) {
            command("JFR.stop", "name=bench", "filename=" + file);
        }
    }

    private void command(String... words) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(pid), String.join(" ", words))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                System.err.println("no flight recording: " + words[0] + " failed");
            }
        } catch (IOException e) {
            System.err.println("no flight recording, which needs a JDK's jcmd: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
