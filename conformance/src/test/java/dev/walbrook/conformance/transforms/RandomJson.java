package dev.walbrook.conformance.transforms;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * JSON documents made at random.
 *
 * <p>Arrays hold values of one type and objects with the same members: what Debezium makes of others depends on the order in
 * which a hash set lists schemas. Numbers and texts are within what both understand.
 */
final class RandomJson {

    private static final String[] STRINGS = {"", "x", "two words", "é", "\\u00e9", "\\n", "\\\"", "{}", "2024-01-01"};
    private static final String[] NUMBERS = {
        "0", "-1", "2147483647", "2147483648", "-9223372036854775808", "0.5", "1e10"
    };

    private RandomJson() {}

    static String object(Random random) {
        return object(random, 3);
    }

    private static String object(Random random, int depth) {
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(i -> "\"f" + i + "\":" + blank(random) + value(random, depth - 1))
                .collect(Collectors.joining(blank(random) + ",", "{", blank(random) + "}"));
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> "null";
            case 1 -> String.valueOf(random.nextBoolean());
            case 2, 3 -> NUMBERS[random.nextInt(NUMBERS.length)];
            case 4 -> string(random);
            case 5 -> object(random, depth);
            default -> array(random, depth);
        };
    }

    private static String array(Random random, int depth) {
        String first = value(random, depth - 1);
        return IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> random.nextInt(6) == 0 ? "null" : first)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String string(Random random) {
        return '"' + STRINGS[random.nextInt(STRINGS.length)] + '"';
    }

    private static String blank(Random random) {
        return random.nextInt(4) == 0 ? " " : "";
    }
}
