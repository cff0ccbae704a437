package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Connector;
import dev.walbrook.benchmarks.contender.Contender;
import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.contender.Run;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.report.Result;
import dev.walbrook.benchmarks.report.Section;
import dev.walbrook.benchmarks.workload.Dataset;
import dev.walbrook.benchmarks.workload.PreparedDataset;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much memory one large transaction needs: each connector gets workers of growing heaps until one delivers all of it.
 * Too small is also what makes the worker so busy collecting garbage that it is not through in time.
 *
 * @param name the workload's name
 * @param dataset the transaction
 * @param contenders who takes part
 * @param references those of them that the others are put in proportion to
 */
record HugeTransaction(String name, Dataset dataset, List<String> contenders, List<String> references)
        implements Workload {

    /** In MB. */
    private static final List<Integer> HEAPS = List.of(128, 256, 512, 1024, 2048);

    /** Fewer than this is no survival. */
    private static final int SLOWEST_PER_SECOND = 10_000;

    @Override
    public List<Section> run(Suite suite) throws SQLException {
        List<Result> results = new ArrayList<>();
        List<Contender> contenders = suite.contenders(this).stream()
                .filter(Connector.class::isInstance)
                .toList();
        suite.say(name + ": writing " + dataset.description());
        try (PreparedDataset data = PreparedDataset.write(suite.servers(), dataset)) {
            for (Contender contender : contenders) {
                try (Connector connector = (Connector) contender) {
                    Measurement survived = climb(suite, data, connector);
                    results.add(new Result(name, Format.JSON.toString(), connector.name(), List.of(survived)));
                }
            }
        }
        Correctness correctness = Correctness.of(results, contenders);
        return List.of(new Section(
                name,
                dataset.description(),
                Format.JSON.toString(),
                correctness.isSame(),
                correctness.words(),
                references,
                results));
    }

    private Measurement climb(Suite suite, PreparedDataset data, Connector connector) throws SQLException {
        Measurement last = Measurement.failed("no heap was tried");
        // What matters when there is little time is that it works, not with how little.
        for (int heap : suite.options().quick() ? List.of(1024) : HEAPS) {
            Run run = suite.run(this, data, Format.JSON, connector, dataset.changes(), false, heap + "m")
                    .within(Duration.ofSeconds(30 + dataset.changes() / SLOWEST_PER_SECOND));
            last = attempt(connector, run);
            suite.report(this, Format.JSON, connector, heap + " MB", last);
            if (last.failure() == null) {
                return last.with(Metric.SMALLEST_HEAP, heap);
            }
        }
        return last;
    }

    /** A worker that cannot even start has not enough memory either. */
    private static Measurement attempt(Connector connector, Run run) throws SQLException {
        try {
            return connector.stream(run);
        } catch (UncheckedIOException e) {
            return Measurement.failed(String.valueOf(e.getMessage()));
        }
    }
}
