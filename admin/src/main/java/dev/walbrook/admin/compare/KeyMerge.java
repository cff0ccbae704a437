package dev.walbrook.admin.compare;

import dev.walbrook.admin.compare.KeyDifference.Kind;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Walks both sides' keys in order and names those that differ, in memory that does not depend on the tables' size. */
final class KeyMerge {

    private static final int FETCH_SIZE = 5_000;

    private KeyMerge() {}

    /** @param limit how many differing keys are enough */
    static List<KeyDifference> differences(
            ComparedDatabase source,
            ComparedTable sourceTable,
            ComparedDatabase sink,
            ComparedTable sinkTable,
            int limit)
            throws SQLException {
        List<String> key = sourceTable.key();
        List<KeyDifference> found = new ArrayList<>();
        try (Rows left = Rows.open(source, ComparedDatabase.keyHashes(sourceTable, sinkTable, key));
                Rows right = Rows.open(sink, ComparedDatabase.keyHashes(sinkTable, sourceTable, key))) {
            left.advance();
            right.advance();
            while (found.size() < limit) {
                String leftKey = left.key;
                String rightKey = right.key;
                if (leftKey == null && rightKey == null) {
                    break;
                }
                int order = leftKey == null ? 1 : rightKey == null ? -1 : compareBytes(leftKey, rightKey);
                if (order < 0 && leftKey != null) {
                    found.add(new KeyDifference(leftKey, Kind.ONLY_IN_SOURCE, List.of()));
                    left.advance();
                } else if (order > 0 && rightKey != null) {
                    found.add(new KeyDifference(rightKey, Kind.ONLY_IN_SINK, List.of()));
                    right.advance();
                } else if (leftKey != null) {
                    if (left.hash != right.hash) {
                        found.add(new KeyDifference(leftKey, Kind.OTHER_VALUES, List.of()));
                    }
                    left.advance();
                    right.advance();
                }
            }
        }
        return withColumns(source, sourceTable, sink, sinkTable, found);
    }

    /** Names the columns that differ; their values are nobody's business here. */
    private static List<KeyDifference> withColumns(
            ComparedDatabase source,
            ComparedTable sourceTable,
            ComparedDatabase sink,
            ComparedTable sinkTable,
            List<KeyDifference> found)
            throws SQLException {
        List<String> keys = found.stream()
                .filter(difference -> difference.kind() == Kind.OTHER_VALUES)
                .map(KeyDifference::key)
                .toList();
        if (keys.isEmpty()) {
            return List.copyOf(found);
        }
        List<String> key = sourceTable.key();
        var left = source.texts(sourceTable, sinkTable, key, keys);
        var right = sink.texts(sinkTable, sourceTable, key, keys);
        List<String> names = ComparedDatabase.common(sourceTable, sinkTable);
        return found.stream()
                .map(difference -> new KeyDifference(
                        difference.key(),
                        difference.kind(),
                        differing(
                                names,
                                left.getOrDefault(difference.key(), List.of()),
                                right.getOrDefault(difference.key(), List.of()))))
                .toList();
    }

    private static List<String> differing(
            List<String> names, List<@Nullable String> left, List<@Nullable String> right) {
        List<String> differing = new ArrayList<>();
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            if (!Objects.equals(left.get(i), right.get(i))) {
                differing.add(names.get(i));
            }
        }
        return List.copyOf(differing);
    }

    /** Collation "C" in an UTF-8 database is the order of the bytes, which differs from Java's order of UTF-16 units. */
    static int compareBytes(String left, String right) {
        return Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
    }

    /** One side, read through a cursor. */
    private static final class Rows implements AutoCloseable {

        private final Statement statement;
        private final ResultSet rows;

        @Nullable
        String key;

        long hash;

        private Rows(Statement statement, ResultSet rows) {
            this.statement = statement;
            this.rows = rows;
        }

        /** The connection must be in a transaction; only then does the driver use a cursor. */
        static Rows open(ComparedDatabase database, String sql) throws SQLException {
            Statement statement = database.connection().createStatement();
            statement.setFetchSize(FETCH_SIZE);
            return new Rows(statement, statement.executeQuery(sql));
        }

        void advance() throws SQLException {
            if (rows.next()) {
                key = rows.getString(1);
                hash = rows.getLong(2);
            } else {
                key = null;
            }
        }

        @Override
        public void close() throws SQLException {
            statement.close();
        }
    }
}
