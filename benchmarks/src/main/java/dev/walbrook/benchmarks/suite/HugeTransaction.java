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
 * How much memory one large transaction needs: each connector gets workers of one heap after another, until the smallest is found
 * with which it delivers all of it, or its time is up. Too small is also what makes the worker so busy collecting garbage that it
 * is not through in time.
 *
 * @param name the workload's name
 * @param dataset the transaction
 * @param contenders who takes part
 * @param references those of them that the others are put in proportion to
 */
record HugeTransaction(String name, Dataset dataset, List<String> contenders, List<String> references)
        implements Workload {

    /** In MB. */
    private static final List<Integer> HEAPS = List.of(64, 96, 128, 192, 256, 384, 512, 768, 1024, 1536, 2048);

    /** The place of 128 MB, which is tried first. */
    private static final int FIRST = 2;

    /** Fewer than this is no survival; a server needs some seconds before it sends the first of so many. */
    private static final int SLOWEST_PER_SECOND = 25_000;

    private static final int MOST_SECONDS_TO_BEGIN = 30;

    /** After so many seconds a contender gets no other heap. */
    private static final int PATIENCE = 60;

    @Override
    public double estimate(Suite suite) {
        return Estimate.writing(dataset) / 2
                + suite.contenders(this).size() * (suite.options().quick() ? 10 : PATIENCE + 10);
    }

    @Override
    public List<Section> run(Suite suite) throws SQLException {
        List<Result> results = new ArrayList<>();
        List<String> tried = new ArrayList<>();
        List<Contender> contenders = suite.contenders(this).stream()
                .filter(Connector.class::isInstance)
                .toList();
        suite.say(name + ": writing " + dataset.description());
        try (PreparedDataset data = PreparedDataset.write(suite.servers(), dataset)) {
            for (Contender contender : contenders) {
                Measurement survived = search(suite, data, (Connector) contender, tried);
                results.add(new Result(name, Format.JSON.toString(), contender.name(), List.of(survived)));
                suite.rest(List.of(contender));
            }
        }
        Correctness correctness = Correctness.of(results, contenders);
        return List.of(new Section(
                name,
                dataset.description() + "; " + String.join("; ", tried),
                Format.JSON.toString(),
                correctness.isSame(),
                correctness.words(),
                references,
                results));
    }

    /** Doubles the heap until one is enough, and then halves the distance to the largest that was not. */
    private Measurement search(Suite suite, PreparedDataset data, Connector connector, List<String> tried)
            throws SQLException {
        long end = System.nanoTime() + Duration.ofSeconds(PATIENCE).toNanos();
        Measurement best = Measurement.failed("no heap was enough");
        int tooSmall = -1;
        // What matters when there is little time is that it works, not with how little.
        int next = suite.options().quick() ? HEAPS.indexOf(1024) : FIRST;
        while (true) {
            int heap = HEAPS.get(next);
            Run run = suite.run(this, data, Format.JSON, connector, dataset.changes(), false, heap + "m")
                    .within(Duration.ofSeconds(MOST_SECONDS_TO_BEGIN + dataset.changes() / SLOWEST_PER_SECOND));
            Measurement one = attempt(connector, run);
            suite.report(this, Format.JSON, connector, heap + " MB", one);
            tried.add("%s %s with %d MB"
                    .formatted(connector.name(), one.failure() == null ? "delivers" : "does not deliver", heap));
            if (one.failure() == null) {
                best = one.with(Metric.SMALLEST_HEAP, heap);
            } else {
                tooSmall = next;
            }
            int enough = best.value(Metric.SMALLEST_HEAP).isEmpty()
                    ? -1
                    : HEAPS.indexOf((int) best.value(Metric.SMALLEST_HEAP).getAsDouble());
            next = enough < 0 ? Math.min(tooSmall + 2, HEAPS.size() - 1) : (tooSmall + enough + 1) / 2;
            boolean isKnown = enough < 0 ? next == tooSmall : next == enough;
            if (isKnown || suite.options().quick() || System.nanoTime() > end) {
                return best;
            }
        }
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
