package dev.walbrook.conformance;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Compares what the two connectors wrote, record by record. */
final class Comparison {

    private static final String NONE = "-";

    private final List<Difference> differences = new ArrayList<>();

    private Comparison() {}

    /** @param topics which topics are compared, by common name */
    static List<Difference> ofTopics(Observation debezium, Observation walbrook, Predicate<String> topics) {
        Comparison comparison = new Comparison();
        Set<String> names = new TreeSet<>(debezium.topics().keySet());
        names.addAll(walbrook.topics().keySet());
        for (String topic : names) {
            if (topics.test(topic)) {
                List<ObservedRecord> left = debezium.topics().getOrDefault(topic, List.of());
                List<ObservedRecord> right = walbrook.topics().getOrDefault(topic, List.of());
                boolean timed = Exemptions.TIMED_TOPICS.matcher(topic).matches();
                comparison.compare(topic, timed ? distinct(left) : left, timed ? distinct(right) : right);
            }
        }
        return comparison.differences;
    }

    static List<Difference> ofOffsets(Observation debezium, Observation walbrook) {
        Comparison comparison = new Comparison();
        comparison.compareLines("offset ", "committed offset", debezium.offset(), walbrook.offset());
        return comparison.differences;
    }

    private static List<ObservedRecord> distinct(List<ObservedRecord> records) {
        return List.copyOf(new LinkedHashSet<>(records));
    }

    /** Pairs the records that a longest common subsequence leaves over, one by one. */
    private void compare(String topic, List<ObservedRecord> left, List<ObservedRecord> right) {
        int i = 0;
        int j = 0;
        for (int[] match : commonSubsequence(left, right)) {
            compareRun(topic, left, i, match[0], right, j, match[1]);
            i = match[0] + 1;
            j = match[1] + 1;
        }
        compareRun(topic, left, i, left.size(), right, j, right.size());
    }

    /** What is between two matches: records of the same operation and key are the same record, differently written. */
    private void compareRun(
            String topic, List<ObservedRecord> left, int i, int iEnd, List<ObservedRecord> right, int j, int jEnd) {
        if (iEnd - i == jEnd - j) {
            compareInOrder(topic, left, i, iEnd, right, j, jEnd);
            return;
        }
        int[] at = {i, j};
        List<String> leftSummaries =
                left.subList(i, iEnd).stream().map(ObservedRecord::summary).toList();
        List<String> rightSummaries =
                right.subList(j, jEnd).stream().map(ObservedRecord::summary).toList();
        for (int[] match : commonSubsequence(leftSummaries, rightSummaries)) {
            compareInOrder(topic, left, at[0], i + match[0], right, at[1], j + match[1]);
            compareInOrder(topic, left, i + match[0], i + match[0] + 1, right, j + match[1], j + match[1] + 1);
            at = new int[] {i + match[0] + 1, j + match[1] + 1};
        }
        compareInOrder(topic, left, at[0], iEnd, right, at[1], jEnd);
    }

    private void compareInOrder(
            String topic, List<ObservedRecord> left, int i, int iEnd, List<ObservedRecord> right, int j, int jEnd) {
        while (i < iEnd || j < jEnd) {
            if (i >= iEnd) {
                differences.add(
                        new Difference(place(topic, j), right.get(j).summary(), "no such record", text(right.get(j))));
                j++;
            } else if (j >= jEnd) {
                differences.add(
                        new Difference(place(topic, i), left.get(i).summary(), text(left.get(i)), "no such record"));
                i++;
            } else {
                compareLines(
                        place(topic, i) + " ",
                        left.get(i).summary(),
                        left.get(i).lines(),
                        right.get(j).lines());
                i++;
                j++;
            }
        }
    }

    private static String place(String topic, int index) {
        return topic + "[" + index + "]";
    }

    private static String text(ObservedRecord record) {
        StringBuilder text = new StringBuilder("a record");
        record.lines().forEach((path, line) -> {
            if (path.startsWith("value.") && !path.startsWith("value.source.") || path.startsWith("key.")) {
                text.append(' ').append(path).append('=').append(line);
            }
        });
        return text.toString();
    }

    private void compareLines(String place, String summary, Map<String, String> left, Map<String, String> right) {
        Set<String> paths = new LinkedHashSet<>(left.keySet());
        paths.addAll(right.keySet());
        for (String path : paths) {
            String ofLeft = left.getOrDefault(path, NONE);
            String ofRight = right.getOrDefault(path, NONE);
            if (!ofLeft.equals(ofRight) && !isInsideMissing(path, left, right)) {
                differences.add(new Difference(place + path, summary, ofLeft, ofRight));
            }
        }
    }

    /** A struct that one side lacks is told as one difference, not once for each of its fields. */
    private static boolean isInsideMissing(String path, Map<String, String> left, Map<String, String> right) {
        int dot = path.lastIndexOf('.');
        if (dot < 0) {
            return false;
        }
        String parent = path.substring(0, dot);
        return isStruct(left.get(parent)) != isStruct(right.get(parent));
    }

    private static boolean isStruct(@Nullable String text) {
        return text != null && (text.equals("{}") || text.startsWith("STRUCT"));
    }

    private static List<int[]> commonSubsequence(List<?> left, List<?> right) {
        int[][] longest = new int[left.size() + 1][right.size() + 1];
        for (int i = left.size() - 1; i >= 0; i--) {
            for (int j = right.size() - 1; j >= 0; j--) {
                longest[i][j] = left.get(i).equals(right.get(j))
                        ? longest[i + 1][j + 1] + 1
                        : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        List<int[]> matches = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < left.size() && j < right.size()) {
            if (left.get(i).equals(right.get(j))) {
                matches.add(new int[] {i++, j++});
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return matches;
    }
}
