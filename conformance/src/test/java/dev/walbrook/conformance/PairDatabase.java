package dev.walbrook.conformance;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The database that a pair of connectors captures: runs the scenarios' SQL, with the placeholders filled in, and writes the
 * markers by which the end is known.
 */
final class PairDatabase implements AutoCloseable {

    /** The marker's table, which the harness adds to a scenario's include lists. */
    static final String MARKER_SCHEMA = "zz_marker";

    static final String MARKER_TABLE = MARKER_SCHEMA + ".marker";

    private final TestDatabase database = TestPostgres.source().createDatabase();
    private final int number;
    private final List<Scenario> scenarios;
    private final Map<String, String> configuration = new LinkedHashMap<>();
    private int markers;

    /** @param number the pair's, which makes the connectors' names */
    PairDatabase(int number, List<Scenario> scenarios) {
        this.number = number;
        this.scenarios = scenarios;
        for (Scenario scenario : scenarios) {
            scenario.configuration().forEach((property, value) -> {
                String earlier = configuration.put(fill(property, scenario), fill(value, scenario));
                if (earlier != null && !earlier.equals(fill(value, scenario))) {
                    throw new AssertionError(
                            "The scenarios of group " + scenario.group() + " disagree about " + property);
                }
            });
        }
    }

    /** The scenarios' configuration, with this connector's own names. */
    Map<String, String> configuration(Subject subject) {
        Map<String, String> named = new LinkedHashMap<>();
        configuration.forEach((property, value) -> named.put(named(property, subject), named(value, subject)));
        return named;
    }

    TestDatabase database() {
        return database;
    }

    /** Runs what comes before the connectors start. */
    void prepare() throws SQLException {
        database.execute(
                "CREATE SCHEMA " + MARKER_SCHEMA,
                "CREATE TABLE " + MARKER_TABLE + " (id int PRIMARY KEY, n int)",
                "INSERT INTO " + MARKER_TABLE + " VALUES (0, 0)");
        for (Scenario scenario : scenarios) {
            before(scenario);
        }
    }

    /** How many connectors are being sent changes. */
    int streaming() {
        return database.query(
                        """
                        SELECT slot_name FROM pg_replication_slots s
                        JOIN pg_stat_replication r ON r.pid = s.active_pid
                        WHERE s.database = current_database() AND r.state IN ('catchup', 'streaming')
                        """)
                .size();
    }

    private static String fill(String text, Scenario scenario) {
        return text.replace("{schema}", scenario.schema());
    }

    private String named(String text, Subject subject) {
        String name = subject.uniqueName(number);
        return text.replace("{prefix}", name).replace("{slot}", name).replace("{publication}", name);
    }

    /** SQL that names something of a connector's own, once for each; other SQL once. */
    private List<String> forEach(String sql, Scenario scenario) {
        String filled = fill(sql, scenario);
        List<String> each = new ArrayList<>();
        for (Subject subject : Subject.values()) {
            String named = named(filled, subject);
            if (!each.contains(named)) {
                each.add(named);
            }
        }
        return each;
    }

    private void before(Scenario scenario) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + scenario.schema());
            statement.execute("SET search_path TO " + scenario.schema() + ", public");
            for (String sql : scenario.before()) {
                for (String each : forEach(sql, scenario)) {
                    statement.execute(each);
                }
            }
        } catch (SQLException e) {
            throw new SQLException(scenario.id() + ": " + e.getMessage(), e);
        }
    }

    /** Runs a transaction or a script. */
    void execute(Scenario scenario, Step step) throws SQLException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path TO " + scenario.schema() + ", public");
            if (step instanceof Step.Transaction transaction) {
                connection.setAutoCommit(false);
                for (String sql : transaction.statements()) {
                    for (String each : forEach(sql, scenario)) {
                        statement.execute(each);
                    }
                }
                connection.commit();
            } else if (step instanceof Step.Script script) {
                for (String each : forEach(script.sql(), scenario)) {
                    statement.execute(each);
                }
            }
        }
    }

    /**
     * Where a marker is.
     *
     * @param change no record before the marker's has this position, and the marker's has it or a later one
     * @param end the offset has this position or a later one when everything of the marker is written
     */
    record Marker(long change, long end) {}

    Marker writeMarker() throws SQLException {
        markers++;
        String skipped = configuration.getOrDefault("skipped.operations", "t");
        String own = scenarios.get(0).marker();
        String sql = own != null
                ? fill(own, scenarios.get(0))
                : skipped.contains("c")
                        ? "UPDATE " + MARKER_TABLE + " SET n = n + 1"
                        : "INSERT INTO " + MARKER_TABLE + " VALUES (" + markers + ", 0)";
        boolean endIsRecorded = Boolean.parseBoolean(configuration.get("provide.transaction.metadata"));
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            long before = currentPosition(statement);
            statement.execute(sql);
            long after = currentPosition(statement);
            connection.commit();
            return new Marker(before, endIsRecorded ? after : before);
        }
    }

    private static long currentPosition(Statement statement) throws SQLException {
        try (var result = statement.executeQuery("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
            result.next();
            return result.getLong(1);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
