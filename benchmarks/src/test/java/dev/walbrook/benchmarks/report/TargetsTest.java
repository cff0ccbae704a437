package dev.walbrook.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.measure.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetsTest {

    @Test
    void comparesRoundByRoundWithTheReference() {
        // Twice, three times and two and a half times as many; of the medians it would be 300 / 100.
        Section section = catchUp(
                result("walbrook-tuned", Metric.EVENTS_PER_SECOND, 100, 300, 400),
                result("debezium-tuned", Metric.EVENTS_PER_SECOND, 50, 100, 160));

        String table = Targets.table(List.of(section));

        assertThat(row(table, "events per second", "debezium-tuned")).contains("≥ 2.00×", "2.50×", "| 3 ", "| met");
    }

    @Test
    void saysWhatIsNotMet() {
        Section section = catchUp(
                result("walbrook-tuned", Metric.WORKER_CPU, 9), result("debezium-tuned", Metric.WORKER_CPU, 50));

        String table = Targets.table(List.of(section));

        assertThat(row(table, "CPU seconds", "debezium-tuned")).contains("≤ 0.167×", "0.180×", "| NOT MET");
    }

    @Test
    void saysWhatWasNotMeasured() {
        Section section = catchUp(result("walbrook-tuned", Metric.EVENTS_PER_SECOND, 100));

        String table = Targets.table(List.of(section));

        assertThat(row(table, "events per second", "raw-text")).contains("n/a", "not measured");
    }

    @Test
    void countsNobodyWhoFailed() {
        Section section = catchUp(
                new Result("catch-up", "json", "walbrook-tuned", List.of(Measurement.failed("it stopped"))),
                result("debezium-tuned", Metric.EVENTS_PER_SECOND, 50));

        String table = Targets.table(List.of(section));

        assertThat(row(table, "events per second", "debezium-tuned")).contains("not measured");
    }

    @Test
    void leavesOutWhatWasNotAsked() {
        assertThat(Targets.table(List.of())).isEmpty();
    }

    private static String row(String table, String what, String reference) {
        return table.lines()
                .filter(line -> line.contains(what) && line.contains(reference))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no such row in\n" + table));
    }

    private static Section catchUp(Result... results) {
        return new Section(
                "catch-up", "orders", "json", true, "all are equal", List.of("debezium-tuned"), List.of(results));
    }

    private static Result result(String contender, Metric metric, double... rounds) {
        return new Result(
                "catch-up",
                "json",
                contender,
                Arrays.stream(rounds)
                        .mapToObj(value -> new Measurement(Map.of(metric, value), Content.NOTHING, null))
                        .toList());
    }
}
