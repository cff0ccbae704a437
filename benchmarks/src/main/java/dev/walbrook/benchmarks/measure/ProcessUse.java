package dev.walbrook.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What a process has used so far. Linux tells all of it; elsewhere only what {@link ProcessHandle} knows, and the rest is
 * empty, which reports show as "n/a".
 */
public final class ProcessUse {

    /** The unit of the times in /proc, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private ProcessUse() {}

    /** The process's own user and system time in seconds. */
    public static OptionalDouble cpuSeconds(long pid) {
        try {
            String[] fields = statFields(pid);
            return OptionalDouble.of((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND);
        } catch (IOException e) {
            return ProcessHandle.of(pid)
                    .flatMap(process -> process.info().totalCpuDuration())
                    .map(ProcessUse::seconds)
                    .map(OptionalDouble::of)
                    .orElse(OptionalDouble.empty());
        }
    }

    /** The time of the process, of its living descendants, and of all that have ended; for a postmaster, the whole server. */
    public static OptionalDouble familyCpuSeconds(long pid) {
        double sum = 0;
        for (long member : Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList()) {
            try {
                String[] fields = statFields(member);
                for (int field = 11; field <= 14; field++) {
                    sum += Long.parseLong(fields[field]) / TICKS_PER_SECOND;
                }
            } catch (IOException e) {
                if (member == pid) {
                    return OptionalDouble.empty();
                }
                // A descendant has ended since it was listed, and its time is now its parent's.
            }
        }
        return OptionalDouble.of(sum);
    }

    /** The fields of /proc/pid/stat from the third on; the second, the program's name, may contain anything. */
    private static String[] statFields(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    /** Forgets the largest resident memory so far, so that {@link #peakBytes} tells that since now. */
    public static void resetPeak(long pid) {
        try {
            Files.writeString(Path.of("/proc", Long.toString(pid), "clear_refs"), "5");
        } catch (IOException e) {
            // Then the peak is that since the process started, which is no less.
        }
    }

    /** The largest resident memory since the start or the last {@link #resetPeak}, in bytes. */
    public static OptionalDouble peakBytes(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
