package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Format;
import java.nio.file.Path;
import java.util.List;

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
        boolean jfr,
        Path output) {}
