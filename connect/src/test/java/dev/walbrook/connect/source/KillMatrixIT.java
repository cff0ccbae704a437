package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.capture.FailPoint;
import dev.walbrook.capture.FailPoints;
import dev.walbrook.capture.FailPoints.Killed;
import dev.walbrook.connect.source.ModelWorker.Delivery;
import dev.walbrook.testkit.Seeds;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The task is killed at every fail point, under every kind of load, and started again from what is durable. At least once:
 * every run goes on exactly after the stored offset, so nothing is lost and only what was not stored is repeated. Exactly
 * once: a reader of committed records sees every change once, and every row of the snapshot.
 */
@Timeout(180)
class KillMatrixIT {

    @BeforeAll
    static void aKilledThreadIsNoNews() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            if (!(failure instanceof Killed)) {
                failure.printStackTrace();
            }
        });
    }

    static Stream<Arguments> streaming() {
        List<Arguments> cases = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            cases.add(Arguments.of(workload, Delivery.AT_LEAST_ONCE, 0.02));
            cases.add(Arguments.of(workload, Delivery.EXACTLY_ONCE, 0));
        }
        cases.add(Arguments.of(Workload.SINGLE_ROWS, Delivery.AT_LEAST_ONCE, 0.0005));
        cases.add(Arguments.of(Workload.COPY, Delivery.EXACTLY_ONCE_BY_POLL, 0));
        cases.add(Arguments.of(Workload.KEY_CHANGES, Delivery.EXACTLY_ONCE_BY_POLL, 0));
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("streaming")
    void everyRunGoesOnWhereTheLastWasDurable(Workload workload, Delivery delivery, double flushProbability)
            throws Exception {
        Random random = Seeds.random();
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            createTables(database, 3);
            ModelWorker worker = worker(database, "killed", delivery, flushProbability, random);
            snapshot(worker);
            database.execute(
                    "SELECT pg_create_logical_replication_slot('reference_%s', 'pgoutput')".formatted(database.name()));
            workload.write(database, random);
            List<Line> reference = reference(database);

            Judge judge = new Judge(database, worker, delivery, reference);
            for (FailPoint point : FailPoint.values()) {
                judge.run(point, 1 + random.nextInt(range(point)));
            }
            judge.run(FailPoint.IN_SNAPSHOT, Integer.MAX_VALUE);

            assertThat(judge.reached).isEqualTo(reference.size());
            if (delivery != Delivery.AT_LEAST_ONCE) {
                assertThat(worker.log().stream().filter(line -> !line.snapshot()))
                        .containsExactlyElementsOf(reference);
            }
        }
    }

    /** Runs the task again and again and knows where each run must begin. */
    private static final class Judge {

        private final TestDatabase database;
        private final ModelWorker worker;
        private final Delivery delivery;
        private final List<Line> reference;
        /** Every line before it is stored; a run that begins earlier repeats what it must not. */
        private int stored;
        /** Every line before it was acknowledged; a run that begins later loses something. */
        private int acknowledged;
        /** Where the last run ended. */
        private int reached;

        Judge(TestDatabase database, ModelWorker worker, Delivery delivery, List<Line> reference) {
            this.database = database;
            this.worker = worker;
            this.delivery = delivery;
            this.reference = reference;
        }

        void run(FailPoint point, int times) throws InterruptedException {
            boolean allStored = stored == reference.size();
            Line last = reference.get(reference.size() - 1);
            int seenBefore = worker.log().size();
            try (FailPoints failPoints = FailPoints.killAt(point, times)) {
                worker.run(
                        failPoints,
                        log -> allStored
                                || log.size() > seenBefore
                                        && log.get(log.size() - 1).equals(last)
                                || acknowledged == reference.size());
            }
            awaitFreeSlot(database, "killed");
            List<Line> run = List.copyOf(worker.lastRun());
            if (run.isEmpty()) {
                return;
            }
            int begin = reference.indexOf(run.get(0));
            assertThat(begin)
                    .as("killed at %s the %d. time, begins with %s", point, times, run.get(0))
                    .isBetween(stored, delivery == Delivery.AT_LEAST_ONCE ? acknowledged : stored);
            assertThat(run)
                    .as("killed at %s the %d. time, begins with change %d", point, times, begin)
                    .isEqualTo(reference.subList(begin, begin + run.size()));
            reached = begin + run.size();
            if (delivery == Delivery.AT_LEAST_ONCE) {
                stored = Math.max(stored, begin + worker.storedOfLastRun());
                acknowledged = Math.max(acknowledged, begin + worker.acknowledgedOfLastRun());
            } else {
                stored = reached;
            }
        }
    }

    private static int range(FailPoint point) {
        return switch (point) {
            case AFTER_RECEIVE, BEFORE_ACKNOWLEDGE, AFTER_ACKNOWLEDGE -> 250;
            case AFTER_ENQUEUE, IN_POLL, WITHIN_KEY_CHANGE -> 6;
            case BEFORE_CONFIRM, AFTER_CONFIRM -> 2;
            case IN_SNAPSHOT -> 1;
        };
    }

    @ParameterizedTest
    @EnumSource(FailPoint.class)
    void aSnapshotIsSeenOnceHoweverOftenItIsKilled(FailPoint point) throws Exception {
        Random random = Seeds.random();
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            createTables(database, 700);
            ModelWorker worker = worker(database, "killed", Delivery.EXACTLY_ONCE, 0, random);
            for (int attempt = 0; attempt < 3; attempt++) {
                int times = 1 + random.nextInt(point == FailPoint.IN_SNAPSHOT ? 1300 : range(point));
                try (FailPoints failPoints = FailPoints.killAt(point, times)) {
                    int rows = 1400;
                    worker.run(failPoints, log -> log.size() >= rows);
                }
                awaitFreeSlot(database, "killed");
                database.execute(
                        "INSERT INTO a VALUES (%d, 'between')".formatted(5000 + attempt),
                        "UPDATE b SET v = 'between' WHERE id = %d".formatted(attempt),
                        "DELETE FROM a WHERE id = %d".formatted(attempt));
            }
            database.execute("INSERT INTO b VALUES (-1, 'last')");
            try (FailPoints failPoints = FailPoints.killAt(FailPoint.IN_SNAPSHOT, Integer.MAX_VALUE)) {
                worker.run(
                        failPoints,
                        log -> !log.isEmpty() && log.get(log.size() - 1).text().contains("(-1,last"));
            }

            // Applied without forgiveness: a row that is there cannot be created, one that is not cannot be changed.
            Map<String, String> rows = new HashMap<>();
            for (Line line : worker.log()) {
                apply(line, rows);
            }
            List<String> expected = new ArrayList<>();
            for (String table : List.of("a", "b")) {
                database.query("SELECT id, v FROM " + table)
                        .forEach(row -> expected.add(
                                table + " (" + row.get(0) + ",)=(" + row.get(0) + "," + row.get(1) + ",)"));
            }
            assertThat(rows.entrySet().stream().map(Object::toString)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static void apply(Line line, Map<String, String> rows) {
        // test.public.a (1,) r - (1,v,) @lsn
        String[] parts = line.text().split(" ");
        String key = parts[0].substring(parts[0].lastIndexOf('.') + 1) + " " + parts[1];
        if (parts[2].equals("tombstone")) {
            return;
        }
        switch (parts[2]) {
            case "r", "c" -> assertThat(rows.put(key, parts[4])).as(line.text()).isNull();
            case "u" -> assertThat(rows.put(key, parts[4])).as(line.text()).isNotNull();
            case "d" -> assertThat(rows.remove(key)).as(line.text()).isNotNull();
            default -> throw new AssertionError(line.text());
        }
    }

    private static void createTables(TestDatabase database, int rows) {
        database.execute(
                "CREATE TABLE a (id int PRIMARY KEY, v text)",
                "CREATE TABLE b (id int PRIMARY KEY, v text)",
                "INSERT INTO a SELECT i, 's' FROM generate_series(0, %d) i".formatted(rows - 1),
                "INSERT INTO b SELECT i, 's' FROM generate_series(0, %d) i".formatted(rows - 1));
    }

    private static void snapshot(ModelWorker worker) throws InterruptedException {
        try (FailPoints failPoints = FailPoints.killAt(FailPoint.IN_SNAPSHOT, Integer.MAX_VALUE)) {
            worker.run(failPoints, log -> log.size() >= 6 && worker.stored() != null && isComplete(worker.stored()));
        }
    }

    private static boolean isComplete(Map<String, Object> offset) {
        return Boolean.TRUE.equals(offset.get(SourceOffset.SNAPSHOT_COMPLETED));
    }

    /** The changes as an undisturbed task makes them, through a slot of its own. */
    private static List<Line> reference(TestDatabase database) throws InterruptedException {
        ModelWorker worker = worker(database, "reference", Delivery.AT_LEAST_ONCE, 0, new Random(1));
        database.execute("INSERT INTO b VALUES (-7, 'end')");
        try (FailPoints failPoints = FailPoints.killAt(FailPoint.IN_SNAPSHOT, Integer.MAX_VALUE)) {
            worker.run(
                    failPoints,
                    log -> !log.isEmpty() && log.get(log.size() - 1).text().contains("(-7,end"));
        }
        return worker.log();
    }

    private static void awaitFreeSlot(TestDatabase database, String slot) {
        Awaitility.await("slot " + slot + " is free")
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> "0"
                        .equals(database.queryString("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '"
                                + slot + "_" + database.name() + "' AND active")));
    }

    private static ModelWorker worker(
            TestDatabase database, String slot, Delivery delivery, double flushProbability, Random random) {
        Map<String, String> properties = SourceConnector.properties("test", database);
        properties.put("name", "kill");
        properties.put("slot.name", slot + "_" + database.name());
        properties.put("publication.name", "walbrook");
        properties.put("snapshot.mode", slot.equals("reference") ? "no_data" : "initial");
        properties.put("skipped.operations", "none");
        properties.put("max.batch.size", "64");
        properties.put("poll.interval.ms", "50");
        properties.put("status.update.interval.ms", "100");
        return new ModelWorker(properties, delivery, flushProbability, random);
    }
}
