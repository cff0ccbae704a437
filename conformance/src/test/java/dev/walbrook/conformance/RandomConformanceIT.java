package dev.walbrook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random tables, values and transactions: both connectors write the same, and what ours writes of a row is what PostgreSQL
 * says the row is.
 */
class RandomConformanceIT {

    private static final int TABLES = 8;
    private static final int TRANSACTIONS = 60;

    @Test
    void bothConnectorsWriteTheSame() throws SQLException {
        Random random = Seeds.random();
        List<RandomTable> tables = tables(
                random, RandomType.ALL.stream().filter(RandomType::debezium).toList());

        Outcome outcome = GroupRun.of(List.of(scenario(tables, random))).get("random");

        assertThat(outcome.isGreen()).as(outcome.describe()).isTrue();
    }

    @Test
    void whatIsWrittenIsWhatPostgresHas() throws SQLException {
        Random random = Seeds.random();
        List<RandomTable> tables = tables(random, RandomType.ALL);

        try (ConnectorPair pair = new ConnectorPair(List.of(scenario(tables, random)))) {
            Observation walbrook = pair.run().get(Subject.WALBROOK);

            assertThat(walbrook.failure()).isNull();
            for (RandomTable table : tables) {
                Map<String, List<String>> expected = expected(pair.database().query(table.oracle()), table);
                Map<String, List<String>> written = lastValues(walbrook, table);
                assertThat(written).as(table.definition()).containsOnlyKeys(expected.keySet());
                written.forEach((key, values) -> assertThat(values)
                        .as("row " + key + " of " + table.definition())
                        .isEqualTo(expected.get(key)));
            }
        }
    }

    private static List<RandomTable> tables(Random random, List<RandomType> types) {
        List<RandomTable> tables = new ArrayList<>();
        for (int i = 0; i < TABLES; i++) {
            tables.add(RandomTable.of("t" + i, random, types));
        }
        return tables;
    }

    private static Scenario scenario(List<RandomTable> tables, Random random) {
        Scenario.Builder scenario = Scenario.scenario("random", "random tables and transactions");
        for (RandomTable table : tables) {
            scenario.before(table.definition());
            for (int i = random.nextInt(6); i > 0; i--) {
                scenario.before(table.insert(random));
            }
        }
        for (int i = 0; i < TRANSACTIONS; i++) {
            List<String> statements = new ArrayList<>();
            for (int j = random.nextInt(6); j >= 0; j--) {
                statements.add(any(tables, random).statement(random));
                if (random.nextInt(5) == 0) {
                    statements.add("SAVEPOINT s");
                    statements.add(any(tables, random).statement(random));
                    statements.add(random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s");
                }
            }
            scenario.transaction(statements.toArray(String[]::new));
        }
        return scenario.build();
    }

    private static RandomTable any(List<RandomTable> tables, Random random) {
        return tables.get(random.nextInt(tables.size()));
    }

    /** The columns with an oracle, by key, of the rows that are there after the last record. */
    private static Map<String, List<String>> lastValues(Observation walbrook, RandomTable table) {
        Map<String, List<String>> rows = new HashMap<>();
        for (ObservedRecord record :
                walbrook.topics().getOrDefault(Subject.COMMON_NAME + ".public." + table.name(), List.of())) {
            String key = record.lines().get("key.id").replace("integer ", "");
            if (!"{}".equals(record.lines().get("value.after"))) {
                rows.remove(key);
                continue;
            }
            List<String> values = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                if (!table.columns().get(i).oracle().isEmpty()) {
                    values.add(withoutZeros(record.lines().get("value.after.c" + i)));
                }
            }
            rows.put(key, values);
        }
        return rows;
    }

    private static Map<String, List<String>> expected(List<List<String>> answer, RandomTable table) {
        Map<String, List<String>> rows = new HashMap<>();
        for (List<String> row : answer) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < table.columns().size(); i++) {
                if (!table.columns().get(i).oracle().isEmpty()) {
                    values.add(withoutZeros(row.get(i + 1)));
                }
            }
            rows.put(row.get(0), values);
        }
        return rows;
    }

    /** Times have as many digits after the point as Java writes, which is a matter of text and not of value. */
    private static String withoutZeros(String text) {
        return text.endsWith("Z\"") ? text.replaceAll("\\.?0+Z\"$", "Z\"") : text;
    }
}
