package dev.walbrook.benchmarks.suite;

import dev.walbrook.benchmarks.contender.Contender;
import dev.walbrook.benchmarks.measure.Content;
import dev.walbrook.benchmarks.measure.Measurement;
import dev.walbrook.benchmarks.report.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether everybody delivered the same: before any speed.
 *
 * @param isSame whether they did
 * @param words what was delivered
 */
record Correctness(boolean isSame, String words) {

    /** Compares every delivery of every round with the first one of its kind. */
    static Correctness of(List<Result> results, List<Contender> contenders) {
        Map<String, Content> expected = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        int same = 0;
        for (Result result : results) {
            String kind = contenders.stream()
                    .filter(contender -> contender.name().equals(result.contender()))
                    .map(Contender::delivers)
                    .findFirst()
                    .orElse("");
            for (Measurement round : result.rounds()) {
                Content content = round.content();
                if (content.equals(Content.NOTHING)) {
                    continue;
                }
                expected.putIfAbsent(kind, content);
                if (content.saysTheSameAs(expected.getOrDefault(kind, content))) {
                    same++;
                } else {
                    others.add(result.contender() + " delivered " + content);
                }
            }
        }
        if (expected.isEmpty()) {
            return new Correctness(true, "nothing was delivered that could be compared");
        }
        return others.isEmpty()
                ? new Correctness(true, "all " + same + " deliveries are equal: " + words(expected))
                : new Correctness(
                        false,
                        "DIFFERENT DELIVERIES: expected " + words(expected) + ", but " + String.join("; ", others));
    }

    private static String words(Map<String, Content> expected) {
        return expected.entrySet().stream()
                .map(one -> one.getKey() + ": " + one.getValue())
                .collect(Collectors.joining("; "));
    }
}
