package dev.walbrook.connect.sink.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs steps on a connection, those of the same text as one JDBC batch. Neither commits nor rolls back. */
final class StepRunner {

    private final Connection connection;
    private final int batchSize;

    /** @param batchSize how many steps go to the server together; 1 to learn which of them fails */
    StepRunner(Connection connection, int batchSize) {
        this.connection = connection;
        this.batchSize = batchSize;
    }

    void run(List<Step> steps) throws StepRefusedException {
        int from = 0;
        while (from < steps.size()) {
            int to = from + 1;
            while (to < steps.size()
                    && to - from < batchSize
                    && steps.get(to).sql().equals(steps.get(from).sql())) {
                to++;
            }
            List<Step> run = steps.subList(from, to);
            try {
                runTogether(run);
            } catch (SQLException e) {
                throw new StepRefusedException(run, e);
            }
            from = to;
        }
    }

    private void runTogether(List<Step> run) throws SQLException, StepRefusedException {
        int[] counts;
        try (PreparedStatement statement =
                connection.prepareStatement(run.get(0).sql())) {
            for (Step step : run) {
                bind(statement, step.parameters());
                statement.addBatch();
            }
            counts = statement.executeBatch();
        }
        List<Step> next = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            Step ifNoRow = run.get(i).ifNoRow();
            if (counts[i] == 0 && ifNoRow != null) {
                next.add(ifNoRow);
            }
        }
        if (!next.isEmpty()) {
            run(next);
        }
    }

    /** Without a type of their own: the server's input function for the column's type reads the text. */
    private static void bind(PreparedStatement statement, List<@Nullable String> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            String text = parameters.get(i);
            if (text == null) {
                statement.setNull(i + 1, Types.OTHER);
            } else {
                statement.setObject(i + 1, text, Types.OTHER);
            }
        }
    }
}
