package dev.walbrook.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.Seeds;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From a transaction to the topic, through a real connector in a real worker. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class OutboxPipelineIT {

    /** The ways an event can take. */
    enum Transport {
        TABLE,
        EMPTY_TABLE,
        PARTITIONED_TABLE,
        MESSAGE;

        OutboxTable table() {
            return this == PARTITIONED_TABLE ? OutboxTable.standard().partitionedByDay() : OutboxTable.standard();
        }

        Outbox outbox(EventLayout layout) {
            return switch (this) {
                case TABLE, PARTITIONED_TABLE -> new TableOutbox(table().withLayout(layout));
                case EMPTY_TABLE -> new TableOutbox(table().withLayout(layout)).deletingAtOnce();
                case MESSAGE -> new MessageOutbox("outbox", layout);
            };
        }

        void prepare(TestDatabase database, EventLayout layout) throws SQLException {
            OutboxTable table = table().withLayout(layout);
            database.execute(table.migration());
            if (this == PARTITIONED_TABLE) {
                try (Connection connection = transaction(database)) {
                    new PartitionRotation(table, 0, 1).run(connection, LocalDate.now(ZoneOffset.UTC));
                    connection.commit();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTransportMakesTheSameRecord(Transport transport) throws SQLException {
        EventLayout layout = EventLayout.standard()
                .with(EventField.KEY, EventField.TRACEPARENT)
                .withHeader("tenant", "tenant_id");
        OutboxEvent event = OutboxEvent.of("ORDER", "42", "Placed")
                .id(UUID.fromString("6f2c1c0e-3c59-4b7e-9d2a-0d1f0b6f9a11"))
                .json("{\"b\": \"é \\\" \\\\ \\u0041\", \"a\":[1, null]}")
                .key("customer 7")
                .traceparent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .header("tenant", "acme")
                .build();
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            transport.prepare(database, layout);
            try (Pipeline pipeline = new Pipeline(database, "outbox", layout).start();
                    Connection connection = transaction(database)) {
                transport.outbox(layout).append(connection, event);
                connection.commit();

                ConsumerRecord<String, String> record =
                        pipeline.await("ORDER", 1).get(0);

                assertThat(record.key()).isEqualTo("customer 7");
                assertThat(record.value()).isEqualTo("{\"b\": \"é \\\" \\\\ \\u0041\", \"a\":[1, null]}");
                Map<String, String> headers = new TreeMap<>();
                record.headers()
                        .forEach(header ->
                                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
                // Every record of the connector has these, as every record of Debezium's has.
                headers.keySet().removeIf(name -> name.startsWith("__debezium.context."));
                assertThat(headers)
                        .isEqualTo(Map.of(
                                "id", "6f2c1c0e-3c59-4b7e-9d2a-0d1f0b6f9a11",
                                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                "tenant", "acme"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsCommittedIsPublishedInOrderAndNothingElse(Transport transport) throws Exception {
        Random random = Seeds.random();
        Outbox outbox = transport.outbox(EventLayout.standard());
        try (TestDatabase database = TestPostgres.source().createDatabase()) {
            transport.prepare(database, EventLayout.standard());
            database.execute(
                    "CREATE TABLE account (id int PRIMARY KEY, n int)",
                    "INSERT INTO account SELECT i, 0 FROM generate_series(0, 4) i");
            try (Pipeline pipeline = new Pipeline(database, "outbox", EventLayout.standard()).start()) {
                List<List<Integer>> counts = countConcurrently(database, outbox, random.nextLong());

                int events = counts.stream().mapToInt(List::size).sum();
                List<ConsumerRecord<String, String>> records = pipeline.await("ACCOUNT", events + 1);

                assertThat(records.get(records.size() - 1).value()).isEqualTo("\"last\"");
                for (int account = 0; account < 5; account++) {
                    String key = Integer.toString(account);
                    assertThat(records)
                            .filteredOn(record -> record.key().equals(key))
                            .extracting(record -> Integer.parseInt(record.value()))
                            .as("account %s", key)
                            .isEqualTo(counts.get(account));
                }
            }
        }
    }

    /** Eight writers count five accounts up, a third of them in vain; afterwards one event says that all is done. */
    private static List<List<Integer>> countConcurrently(TestDatabase database, Outbox outbox, long seed)
            throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < 8; writer++) {
            Random random = new Random(seed + writer);
            running.add(writers.submit(() -> {
                try (Connection connection = transaction(database)) {
                    for (int step = 0; step < 50; step++) {
                        count(connection, outbox, random.nextInt(5));
                        if (random.nextInt(3) == 0) {
                            connection.rollback();
                        } else {
                            connection.commit();
                        }
                    }
                }
                return null;
            }));
        }
        for (Future<?> writer : running) {
            writer.get();
        }
        writers.shutdown();
        try (Connection connection = transaction(database)) {
            outbox.append(connection, event("done", "\"last\""));
            connection.commit();
        }
        return database.query("SELECT n FROM account ORDER BY id").stream()
                .map(row -> IntStream.rangeClosed(1, Integer.parseInt(row.get(0)))
                        .boxed()
                        .toList())
                .toList();
    }

    private static void count(Connection connection, Outbox outbox, int account) throws SQLException {
        try (Statement statement = connection.createStatement();
                var row =
                        statement.executeQuery("UPDATE account SET n = n + 1 WHERE id = " + account + " RETURNING n")) {
            row.next();
            outbox.append(connection, event(Integer.toString(account), Integer.toString(row.getInt(1))));
        }
    }

    @Test
    void aThousandTransactionsAtOnce() throws Exception {
        Random random = Seeds.random();
        try (TestPostgres server = TestPostgres.fresh(Map.of("max_connections", "1050"));
                TestDatabase database = server.createDatabase()) {
            database.execute(OutboxTable.standard().migration());
            try (Pipeline pipeline = new Pipeline(database, "outbox", EventLayout.standard()).start()) {
                Outbox table = new TableOutbox(OutboxTable.standard());
                Outbox messages = MessageOutbox.standard();
                List<Connection> open = new ArrayList<>();
                for (int number = 0; number < 1_000; number++) {
                    Connection connection = transaction(database);
                    (number % 2 == 0 ? table : messages).append(connection, event(Integer.toString(number), "{}"));
                    open.add(connection);
                }
                List<Integer> order =
                        new ArrayList<>(IntStream.range(0, 1_000).boxed().toList());
                Collections.shuffle(order, random);
                TreeSet<Integer> committed = new TreeSet<>();
                for (int number : order) {
                    Connection connection = open.get(number);
                    if (random.nextInt(4) == 0) {
                        connection.rollback();
                    } else {
                        connection.commit();
                        committed.add(number);
                    }
                    connection.close();
                }
                try (Connection connection = transaction(database)) {
                    table.append(connection, event("1000", "\"last\""));
                    connection.commit();
                }
                committed.add(1_000);

                List<ConsumerRecord<String, String>> records = pipeline.await("ACCOUNT", committed.size());

                assertThat(records)
                        .extracting(record -> Integer.parseInt(record.key()))
                        .doesNotHaveDuplicates();
                assertThat(new TreeSet<>(records.stream()
                                .map(record -> Integer.parseInt(record.key()))
                                .toList()))
                        .isEqualTo(committed);
            }
        }
    }

    private static OutboxEvent event(String account, String json) {
        return OutboxEvent.of("ACCOUNT", account, "Counted").json(json).build();
    }

    private static Connection transaction(TestDatabase database) throws SQLException {
        Connection connection = database.connection();
        connection.setAutoCommit(false);
        return connection;
    }
}
