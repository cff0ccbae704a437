package dev.walbrook.benchmarks.suite;

import dev.walbrook.admin.AdminException;
import dev.walbrook.benchmarks.contender.Connector;
import dev.walbrook.benchmarks.contender.ConnectorSession;
import dev.walbrook.benchmarks.contender.ConnectorStopped;
import dev.walbrook.benchmarks.contender.Contender;
import dev.walbrook.benchmarks.contender.Format;
import dev.walbrook.benchmarks.contender.Run;
import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import dev.walbrook.benchmarks.measure.Stopwatch;
import dev.walbrook.benchmarks.measure.Topic;
import dev.walbrook.benchmarks.report.Result;
import dev.walbrook.benchmarks.report.Section;
import dev.walbrook.benchmarks.workload.Dataset;
import dev.walbrook.benchmarks.workload.PreparedDataset;
import dev.walbrook.benchmarks.workload.SteadyWriter;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * How late: single rows are committed at a steady rate, and a consumer looks at the clock when it has them in its hands. The
 * time counts from before the row is sent to be committed, so it has the commit in it.
 *
 * @param name the workload's name
 * @param perSecond how many commits a second
 * @param contenders who takes part
 * @param once those of them that have one round
 * @param references those of them that the others are put in proportion to
 */
record Latency(String name, int perSecond, List<String> contenders, List<String> once, List<String> references)
        implements Workload {

    /** Connections come first; rows of these seconds do not count. */
    private static final int WARM_UP_SECONDS = 2;

    private static final int QUICK_WARM_UP_SECONDS = 1;

    /** How many changes of a backlog have a worker's code compiled. */
    private static final long MOST_BACKLOG = 100_000;

    private static final byte[] STAMP = "\"customer_id\":".getBytes(StandardCharsets.US_ASCII);

    @Override
    public List<Section> run(Suite suite) throws SQLException {
        List<Connector> connectors = connectors(suite);
        int warmUp = warmUpSeconds(suite);
        int seconds = suite.options().seconds();
        Map<String, List<Measurement>> measured = new LinkedHashMap<>();
        try (PreparedDataset data = PreparedDataset.write(suite.servers(), Dataset.empty())) {
            warmUp(suite, connectors);
            long firstId = 1;
            for (int round = 1; round <= suite.options().rounds(); round++) {
                for (Connector connector : connectors) {
                    if (!suite.hasTurn(this, connector, round)) {
                        continue;
                    }
                    Run run = suite.run(this, data, Format.JSON, connector, 0, false);
                    Measurement one = measure(connector, run, firstId, warmUp, warmUp + seconds);
                    suite.report(this, Format.JSON, connector, "round " + round, one);
                    measured.computeIfAbsent(connector.name(), key -> new ArrayList<>())
                            .add(one);
                    firstId += (long) perSecond * (warmUp + seconds);
                }
            }
        } finally {
            suite.rest(connectors);
        }
        List<Result> results = measured.entrySet().stream()
                .map(entry -> new Result(name, Format.JSON.toString(), entry.getKey(), entry.getValue()))
                .toList();
        String description = "orders, eight columns, " + perSecond + " single-row commits per second";
        return List.of(new Section(
                name,
                description,
                Format.JSON.toString(),
                true,
                "a run ends when as many records as commits have arrived, each measured",
                references,
                results));
    }

    private List<Connector> connectors(Suite suite) {
        List<Connector> connectors = new ArrayList<>();
        for (Contender contender : suite.contenders(this)) {
            if (contender instanceof Connector connector) {
                connectors.add(connector);
            }
        }
        return connectors;
    }

    private static int warmUpSeconds(Suite suite) {
        return suite.options().quick() ? QUICK_WARM_UP_SECONDS : WARM_UP_SECONDS;
    }

    private static long backlog(Suite suite) {
        return Math.min(suite.options().warmUp(), MOST_BACKLOG);
    }

    @Override
    public double estimate(Suite suite) {
        Dataset warm = Dataset.orders(backlog(suite), 100);
        double seconds = backlog(suite) == 0 ? 0 : Estimate.writing(warm);
        for (Connector connector : connectors(suite)) {
            seconds += Estimate.WORKER_START;
            if (backlog(suite) > 0) {
                seconds += Estimate.turn(Throughput.Task.STREAM, Format.JSON, connector, warm, backlog(suite));
            }
            for (int round = 1; round <= suite.options().rounds(); round++) {
                seconds += suite.hasTurn(this, connector, round)
                        ? Estimate.TURN + warmUpSeconds(suite) + suite.options().seconds()
                        : 0;
            }
        }
        return seconds;
    }

    /** At this rate a worker would not have its code compiled before the run is over; a backlog does it in seconds. */
    private void warmUp(Suite suite, List<Connector> connectors) throws SQLException {
        long changes = backlog(suite);
        if (changes == 0) {
            return;
        }
        try (PreparedDataset backlog = PreparedDataset.write(suite.servers(), Dataset.orders(changes, 100))) {
            for (Connector connector : connectors) {
                Run run = suite.run(this, backlog, Format.JSON, connector, changes, false);
                suite.report(this, Format.JSON, connector, "warm-up", connector.stream(run));
                suite.sample().clear();
            }
        }
    }

    private Measurement measure(Connector connector, Run run, long firstId, int warmUp, int seconds)
            throws SQLException {
        PreparedDataset data = run.data();
        String slot = data.createSlot();
        long end = System.nanoTime() + Duration.ofSeconds(120L + 2L * seconds).toNanos();
        try (Topic topic = Connector.topic(run)) {
            Stopwatch watch = connector.watch(run);
            try (ConnectorSession session =
                    connector.start(run, Map.of("slot.name", slot, "snapshot.mode", "no_data"))) {
                watch.process(Metric.WALSENDER_CPU, Connector.awaitStart(run, session, slot, end));
                watch.start();
                Histogram histogram = consume(data, topic, watch, session, firstId, warmUp, seconds, end);
                return measurement(watch, histogram, (long) perSecond * seconds);
            }
        } catch (ConnectorStopped | AdminException e) {
            connector.close();
            return Measurement.failed(String.valueOf(e.getMessage()));
        } finally {
            data.dropSlot(slot);
        }
    }

    /** Writes and reads until everything has arrived. */
    private Histogram consume(
            PreparedDataset data,
            Topic topic,
            Stopwatch watch,
            ConnectorSession session,
            long firstId,
            int warmUp,
            int seconds,
            long end) {
        // Microseconds, to three digits.
        Histogram histogram = new Histogram(3);
        long measuredFrom = System.nanoTime() + warmUp * 1_000_000_000L;
        try (SteadyWriter writer = new SteadyWriter(data, firstId, perSecond, seconds)) {
            long seen = 0;
            while (seen < writer.count()) {
                for (ConsumerRecord<byte[], byte[]> record : topic.poll(Duration.ofMillis(200))) {
                    long now = System.nanoTime();
                    long sent = stamp(record.value());
                    seen++;
                    if (sent >= measuredFrom) {
                        histogram.recordValue(Math.max(1, (now - sent) / 1_000));
                    }
                }
                session.check();
                if (System.nanoTime() > end) {
                    throw new ConnectorStopped("it delivered " + seen + " of " + writer.count() + " in time");
                }
            }
            watch.stop();
        }
        return histogram;
    }

    private static Measurement measurement(Stopwatch watch, Histogram histogram, long events) {
        return watch.measurement(events, 0, Content.NOTHING)
                .without(Metric.MEGABYTES_PER_SECOND)
                .with(Metric.LATENCY_P50, histogram.getValueAtPercentile(50) / 1e3)
                .with(Metric.LATENCY_P99, histogram.getValueAtPercentile(99) / 1e3)
                .with(Metric.LATENCY_P999, histogram.getValueAtPercentile(99.9) / 1e3);
    }

    /** The number after the first {@code "customer_id":}, which is the row's: an insert has none before. */
    private static long stamp(byte[] value) {
        for (int at = 0; at < value.length - STAMP.length; at++) {
            int matched = 0;
            while (matched < STAMP.length && value[at + matched] == STAMP[matched]) {
                matched++;
            }
            if (matched == STAMP.length) {
                long number = 0;
                for (int digit = at + matched; value[digit] >= '0' && value[digit] <= '9'; digit++) {
                    number = number * 10 + value[digit] - '0';
                }
                return number;
            }
        }
        throw new IllegalStateException("a record without its time");
    }
}
