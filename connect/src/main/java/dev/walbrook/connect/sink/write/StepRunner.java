package dev.walbrook.connect.sink.write;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs steps on a connection: many of the same text as one statement where there is one for that, others as a JDBC batch.
 * Neither commits nor rolls back.
 */
final class StepRunner {

    /** How many steps go to the server before its answers are read. */
    private static final int BATCH = 1_000;

    /** From here on one statement for all rows costs less than one for each; see designs/sink-writing.md. */
    private static final int SET = 10;

    private final Connection connection;

    StepRunner(Connection connection) {
        this.connection = connection;
    }

    void run(List<Step> steps) throws StepRefusedException {
        int from = 0;
        while (from < steps.size()) {
            Step first = steps.get(from);
            int to = from + 1;
            while (to < steps.size() && steps.get(to).sql().equals(first.sql())) {
                to++;
            }
            List<Step> run = steps.subList(from, to);
            String setSql = first.setSql();
            if (setSql != null && run.size() >= SET) {
                runAsOne(run, setSql);
            } else {
                for (int at = 0; at < run.size(); at += BATCH) {
                    runTogether(run.subList(at, Math.min(run.size(), at + BATCH)));
                }
            }
            from = to;
        }
    }

    private void runAsOne(List<Step> run, String setSql) throws StepRefusedException {
        List<Step> next = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(setSql)) {
            int columns = run.get(0).parameters().size();
            for (int column = 0; column < columns; column++) {
                TextArray values = new TextArray(run.size());
                for (Step step : run) {
                    values.add(step.parameters().get(column));
                }
                statement.setObject(column + 1, values);
            }
            if (statement.execute()) {
                BitSet found = new BitSet();
                try (ResultSet ordinals = statement.getResultSet()) {
                    while (ordinals.next()) {
                        found.set(ordinals.getInt(1) - 1);
                    }
                }
                for (int row = found.nextClearBit(0); row < run.size(); row = found.nextClearBit(row + 1)) {
                    addIfWanted(run.get(row).ifNoRow(), next);
                }
            }
        } catch (SQLException e) {
            throw new StepRefusedException(run, e);
        }
        run(next);
    }

    private static void addIfWanted(@Nullable Step step, List<Step> steps) {
        if (step != null) {
            steps.add(step);
        }
    }

    private void runTogether(List<Step> run) throws StepRefusedException {
        List<Step> next = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement(run.get(0).sql())) {
            for (Step step : run) {
                bind(statement, step.parameters());
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    addIfWanted(run.get(i).ifNoRow(), next);
                }
            }
        } catch (SQLException e) {
            throw new StepRefusedException(run, e);
        }
        run(next);
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
