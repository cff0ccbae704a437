package dev.walbrook.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of random columns, and random statements on it. Rows have the keys 0 to 19, so that statements meet.
 *
 * @param columns the types of the columns c0, c1, … beside the key {@code id}
 */
record RandomTable(String name, String identity, List<RandomType> columns) {

    private static final int KEYS = 20;

    static RandomTable of(String name, Random random, List<RandomType> types) {
        List<RandomType> columns = new ArrayList<>();
        int count = 1 + random.nextInt(10);
        for (int i = 0; i < count; i++) {
            columns.add(types.get(random.nextInt(types.size())));
        }
        return new RandomTable(name, random.nextBoolean() ? "DEFAULT" : "FULL", List.copyOf(columns));
    }

    String definition() {
        return "CREATE TABLE " + name + " (id int PRIMARY KEY, "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "c" + i + " " + columns.get(i).sql())
                        .collect(Collectors.joining(", "))
                + "); ALTER TABLE " + name + " REPLICA IDENTITY " + identity;
    }

    String insert(Random random) {
        int rows = 1 + random.nextInt(3);
        List<String> values = new ArrayList<>();
        int first = random.nextInt(KEYS);
        for (int row = 0; row < rows; row++) {
            values.add("(" + (first + row) % KEYS + ", "
                    + columns.stream().map(type -> type.value(random)).collect(Collectors.joining(", ")) + ")");
        }
        return "INSERT INTO " + name + " VALUES " + String.join(", ", values) + " ON CONFLICT (id) DO NOTHING";
    }

    /** Any statement; it may touch no row, one or several. */
    String statement(Random random) {
        int column = random.nextInt(columns.size());
        String value = columns.get(column).value(random);
        int key = random.nextInt(KEYS);
        return switch (random.nextInt(7)) {
            case 0, 1, 2 -> insert(random);
            case 3 -> "UPDATE " + name + " SET c" + column + " = " + value + " WHERE id = " + key;
            case 4 -> "UPDATE " + name + " SET c" + column + " = " + value + " WHERE id % 4 = " + key % 4;
            case 5 -> "DELETE FROM " + name + " WHERE id = " + key;
            default -> "UPDATE " + name + " SET id = " + (KEYS + random.nextInt(1_000_000)) + " WHERE id = " + key;
        };
    }

    /** Selects the key and what each column's canonical text has to be, {@code null} for columns without an oracle. */
    String oracle() {
        return "SELECT id, "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> columns.get(i).oracle().isEmpty()
                                ? "NULL"
                                : "coalesce(" + columns.get(i).oracle().formatted("c" + i) + ", 'null')")
                        .collect(Collectors.joining(", "))
                + " FROM " + name + " ORDER BY id";
    }
}
