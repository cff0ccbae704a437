package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Connector;
import dev.walbrook.benchmarks.contender.Contender;
import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.contender.Run;
import dev.walbrook.benchmarks.contender.SnapshotContender;
import dev.walbrook.benchmarks.contender.StreamContender;
import dev.walbrook.benchmarks.contender.TableContender;
import dev.walbrook.benchmarks.measure.Measurement;
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
import org.jspecify.annotations.Nullable;

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

    /** Who fills the topics. */
    private static final String FILLER = "walbrook-tuned";

    @Override
    public List<Section> run(Suite suite) throws SQLException {
        List<Section> sections = new ArrayList<>();
        suite.say(name + ": writing " + dataset.description());
        try (PreparedDataset data = PreparedDataset.write(suite.servers(), dataset)) {
            for (Format format : suite.formats(this)) {
                if (task == Task.WRITE) {
                    sections.add(runFromTopic(suite, data, format));
                } else {
                    sections.add(run(suite, data, format, null));
                }
            }
        }
        return sections;
    }

    private Section runFromTopic(Suite suite, PreparedDataset data, Format format) throws SQLException {
        try (Connector filler = (Connector) suite.contender(FILLER);
                Topic topic = filler.fill(suite.run(this, data, format, filler, dataset.changes(), false))) {
            filler.close();
            return run(suite, data, format, topic.name());
        }
    }

    /** @param topic the topic to read; null where it is written */
    private Section run(Suite suite, PreparedDataset data, Format format, @Nullable String topic) throws SQLException {
        suite.sample().clear();
        List<Contender> contenders = suite.contenders(this).stream()
                .filter(task.kind::isInstance)
                // What does not write is measured once, not per format.
                .filter(contender ->
                        contender.writes() || format == suite.formats(this).get(0))
                .toList();
        Map<String, List<Measurement>> measured = new LinkedHashMap<>();
        Options options = suite.options();
        try {
            if (options.warmUp() > 0) {
                for (Contender contender : contenders) {
                    if (!contender.needsWarmUp()) {
                        continue;
                    }
                    long events = Math.min(options.warmUp(), dataset.changes());
                    suite.report(
                            this,
                            format,
                            contender,
                            "warm-up",
                            turn(suite, data, format, topic, contender, events, false));
                }
            }
            int rounds = Math.min(options.rounds(), mostRounds);
            for (int round = 1; round <= rounds; round++) {
                for (Contender contender : contenders) {
                    if (!suite.hasTurn(this, contender, round)) {
                        continue;
                    }
                    boolean last = round == rounds || !suite.hasTurn(this, contender, round + 1);
                    boolean record = options.jfr() && last;
                    Measurement one = turn(suite, data, format, topic, contender, dataset.changes(), record);
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
                dataset.description(),
                format.toString(),
                correctness.isSame(),
                correctness.words(),
                references,
                results);
    }

    private Measurement turn(
            Suite suite,
            PreparedDataset data,
            Format format,
            @Nullable String topic,
            Contender contender,
            long events,
            boolean record)
            throws SQLException {
        Run run = suite.run(this, data, format, contender, events, record);
        return task.of(contender, topic == null ? run : run.reading(topic));
    }
}
