package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Connector;
import dev.walbrook.benchmarks.contender.Contender;
import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.contender.Run;
import dev.walbrook.benchmarks.contender.SnapshotContender;
import dev.walbrook.benchmarks.contender.StreamContender;
import dev.walbrook.benchmarks.contender.TableContender;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Topic;
import dev.walbrook.benchmarks.report.Result;
import dev.walbrook.benchmarks.report.Section;
import dev.walbrook.benchmarks.workload.Dataset;
import dev.walbrook.benchmarks.workload.PreparedDataset;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * How fast: everybody delivers the same data, in turns, A B A B, until each has had all its rounds.
 *
 * @param name the workload's name
 * @param task what is done with the data
 * @param dataset the data
 * @param mostRounds how many rounds are enough, though more be asked for
 * @param contenders who takes part
 * @param once those of them that have one round
 * @param references those of them that the others are put in proportion to
 * @param formats in which formats
 */
record Throughput(
        String name,
        Task task,
        Dataset dataset,
        int mostRounds,
        List<String> contenders,
        List<String> once,
        List<String> references,
        List<Format> formats)
        implements Workload {

    /** What can be done with data. */
    enum Task {
        /** The changes in the WAL are read. */
        STREAM(StreamContender.class),
        /** The table's contents are read. */
        SNAPSHOT(SnapshotContender.class),
        /** A topic, which is filled once before, is written into a table. */
        WRITE(TableContender.class);

        private final Class<? extends Contender> kind;

        Task(Class<? extends Contender> kind) {
            this.kind = kind;
        }

        Measurement of(Contender contender, Run run) throws SQLException {
            return switch (this) {
                case STREAM -> ((StreamContender) contender).stream(run);
                case SNAPSHOT -> ((SnapshotContender) contender).snapshot(run);
                case WRITE -> ((TableContender) contender).write(run);
            };
        }
    }

    private static final double SINK_WARM_UP_SECONDS = 12;

    /** Who fills the topics. */
    private static final String FILLER = "walbrook-tuned";

    @Override
    public List<Section> run(Suite suite) throws SQLException {
        List<Section> sections = new ArrayList<>();
        suite.say(name + ": writing " + dataset.description());
        try (PreparedDataset data = PreparedDataset.write(suite.servers(), dataset)) {
            for (Format format : suite.formats(this)) {
                if (task == Task.WRITE) {
                    sections.add(runFromTopics(suite, data, format));
                } else {
                    sections.add(run(suite, data, format, Map.of()));
                }
            }
        }
        return sections;
    }

    private Section runFromTopics(Suite suite, PreparedDataset data, Format format) throws SQLException {
        Map<Integer, Topic> topics = new TreeMap<>();
        Connector filler = (Connector) suite.contender(FILLER);
        try {
            for (Contender contender : contenders(suite, format)) {
                int partitions = ((TableContender) contender).partitions();
                if (!topics.containsKey(partitions)) {
                    Run run = suite.run(this, data, format, filler, dataset.changes(), false);
                    topics.put(partitions, filler.fill(run, partitions));
                }
            }
            suite.rest(List.of(filler));
            return run(suite, data, format, topics);
        } finally {
            topics.values().forEach(Topic::close);
        }
    }

    private List<Contender> contenders(Suite suite, Format format) {
        return suite.contenders(this).stream()
                .filter(task.kind::isInstance)
                // What does not write is measured once, not per format.
                .filter(contender ->
                        contender.writes() || format == suite.formats(this).get(0))
                .toList();
    }

    /** A dataset that is small is not delivered twice for the sake of the first time. */
    private long warmUp(Options options) {
        long half = Math.max(1, dataset.changes() / 2 / Dataset.GROUP) * Dataset.GROUP;
        return Math.min(options.warmUp(), half);
    }

    private int rounds(Options options) {
        return Math.min(options.rounds(), mostRounds);
    }

    @Override
    public double estimate(Suite suite) {
        Options options = suite.options();
        double seconds = Estimate.writing(dataset);
        for (Format format : suite.formats(this)) {
            for (Contender contender : contenders(suite, format)) {
                seconds += contender.needsWorker() ? Estimate.WORKER_START : 0;
                if (options.warmUp() > 0 && contender.needsWarmUp()) {
                    double once = Estimate.turn(task, format, contender, dataset, warmUp(options));
                    seconds += isSink(contender) ? Math.max(once, SINK_WARM_UP_SECONDS) : once;
                }
                for (int round = 1; round <= rounds(options); round++) {
                    seconds += suite.hasTurn(this, contender, round)
                            ? Estimate.turn(task, format, contender, dataset, dataset.changes())
                            : 0;
                }
            }
            seconds += task == Task.WRITE
                    ? Estimate.WORKER_START
                            + Estimate.turn(Task.STREAM, format, suite.contender(FILLER), dataset, dataset.changes())
                    : 0;
        }
        return seconds;
    }

    /** @param topics the topics to read, by their number of partitions; none where they are written */
    private Section run(Suite suite, PreparedDataset data, Format format, Map<Integer, Topic> topics)
            throws SQLException {
        suite.sample().clear();
        List<Contender> contenders = contenders(suite, format);
        Map<String, List<Measurement>> measured = new LinkedHashMap<>();
        Options options = suite.options();
        try {
            if (options.warmUp() > 0) {
                for (Contender contender : contenders) {
                    if (contender.needsWarmUp()) {
                        warmUp(suite, data, format, topics, contender);
                    }
                }
            }
            for (int round = 1; round <= rounds(options); round++) {
                for (Contender contender : contenders) {
                    if (!suite.hasTurn(this, contender, round)) {
                        continue;
                    }
                    boolean last = round == rounds(options) || !suite.hasTurn(this, contender, round + 1);
                    boolean record = options.jfr() && last;
                    Measurement one = turn(suite, data, format, topics, contender, dataset.changes(), record);
                    suite.report(this, format, contender, "round " + round, one);
                    measured.computeIfAbsent(contender.name(), key -> new ArrayList<>())
                            .add(one);
                }
            }
        } finally {
            suite.rest(contenders);
        }
        List<Result> results = measured.entrySet().stream()
                .map(entry -> new Result(name, format.toString(), entry.getKey(), entry.getValue()))
                .toList();
        Correctness correctness = Correctness.of(results, contenders);
        return new Section(
                name,
                "%s; %,d events".formatted(dataset.description(), dataset.changes()),
                format.toString(),
                correctness.isSame(),
                correctness.words(),
                references,
                results);
    }

    /** A sink is given several turns: its changes are few, and most of its time would go into compiling its code. */
    private void warmUp(
            Suite suite, PreparedDataset data, Format format, Map<Integer, Topic> topics, Contender contender)
            throws SQLException {
        double seconds = 0;
        boolean more = true;
        while (more) {
            Measurement warm = turn(suite, data, format, topics, contender, warmUp(suite.options()), false);
            suite.report(this, format, contender, "warm-up", warm);
            seconds += Estimate.TURN + warm.value(Metric.SECONDS).orElse(SINK_WARM_UP_SECONDS);
            more = isSink(contender) && seconds < SINK_WARM_UP_SECONDS;
        }
    }

    private static boolean isSink(Contender contender) {
        return contender.delivers().equals(Contender.ROWS);
    }

    private Measurement turn(
            Suite suite,
            PreparedDataset data,
            Format format,
            Map<Integer, Topic> topics,
            Contender contender,
            long events,
            boolean record)
            throws SQLException {
        Run run = suite.run(this, data, format, contender, events, record);
        if (task == Task.WRITE) {
            Topic topic = topics.get(((TableContender) contender).partitions());
            run = run.reading(Objects.requireNonNull(topic).name());
        }
        return task.of(contender, run);
    }
}
