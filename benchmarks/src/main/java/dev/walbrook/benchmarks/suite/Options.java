package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Format;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was asked for.
 *
 * @param workloads names of workloads; empty for all
 * @param contenders names of contenders; empty for those each workload chooses
 * @param formats in which to write
 * @param rounds how often each contender's turn comes
 * @param warmUp how many changes each contender delivers before the first round
 * @param changes how many changes there are to catch up with
 * @param seconds how long latency is measured
 * @param heap the workers' largest heap, as in {@code -Xmx}
 * @param quick whether to show only that everything works
 * @param jfr whether to record the workers' flights in the last round
 * @param output where reports, logs and data go
 */
record Options(
        List<String> workloads,
        List<String> contenders,
        List<Format> formats,
        int rounds,
        long warmUp,
        long changes,
        int seconds,
        String heap,
        boolean quick,
        boolean jfr,
        Path output) {

    /** As names and values for a report. */
    Map<String, String> named() {
        Map<String, String> named = new LinkedHashMap<>();
        named.put("workloads", workloads.isEmpty() ? "all" : String.join(", ", workloads));
        named.put("contenders", contenders.isEmpty() ? "each workload's" : String.join(", ", contenders));
        named.put("formats", formats.stream().map(Format::description).collect(Collectors.joining(", ")));
        named.put("rounds", Integer.toString(rounds));
        named.put("changes", Long.toString(changes));
        named.put("changes before the first round", Long.toString(warmUp));
        named.put("seconds of latency", Integer.toString(seconds));
        named.put("workers' heap", heap);
        named.put("quick", Boolean.toString(quick));
        return named;
    }
}
