package dev.walbrook.benchmarks.contender;

import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.server.Servers;
import dev.walbrook.benchmarks.workload.TargetDatabase;
import java.sql.SQLException;
import java.util.List;

/** The result of those who apply changes to a table. */
final class Applied {

    private Applied() {}

    /** The stopwatch, with both PostgreSQL servers watched too. */
    static Stopwatch watch(Stopwatch watch, Run run, TargetDatabase target) throws SQLException {
        Servers servers = run.data().servers();
        long source = servers.source().pid();
        return watch.families(
                Metric.SERVER_CPU, List.of(source, servers.target().pid()), target.onlooker());
    }

    /** What the stopwatch says; a failure if all was to be applied and the target is not what the source is. */
    static Measurement measurement(Run run, Stopwatch watch, TargetDatabase target) throws SQLException {
        if (!run.isWhole()) {
            return watch.measurement(run.events(), 0, Content.NOTHING).without(Metric.MEGABYTES_PER_SECOND);
        }
        Content source = run.data().content();
        Content content = target.content();
        if (!content.equals(source)) {
            return Measurement.failed("the source has " + source + ", the target " + content);
        }
        Measurement measured = watch.measurement(run.events(), content.bytes(), content);
        // What is in the table in the end was there before, in part, or has been written several times.
        return run.data().dataset().changesRows() ? measured.without(Metric.MEGABYTES_PER_SECOND) : measured;
    }
}
