package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What is not a row: logical messages, transactions, heartbeats; and the topics' names. */
final class EventScenarios {

    private static final String TABLES =
            "CREATE TABLE a (id int PRIMARY KEY, v text); CREATE TABLE b (id int PRIMARY KEY, v text);"
                    + " INSERT INTO a VALUES (1, 'x'); INSERT INTO b VALUES (1, 'x')";

    private EventScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(List.of(
                scenario("events/messages", "logical messages in and outside of transactions")
                        .covers("logical messages")
                        .before(TABLES)
                        .transaction(
                                "INSERT INTO a VALUES (2, 'y')",
                                "SELECT pg_logical_emit_message(true, 'in', 'one')",
                                "INSERT INTO a VALUES (3, 'y')",
                                "SELECT pg_logical_emit_message(true, '', '')")
                        .then(
                                "SELECT pg_logical_emit_message(true, 'alone', 'two')",
                                "INSERT INTO b VALUES (2, 'y')",
                                "SELECT pg_logical_emit_message(false, 'outside', '\\x00ff'::bytea)",
                                "INSERT INTO b VALUES (3, 'y')")
                        .build(),
                scenario("events/message-include", "messages chosen by their prefix")
                        .with("message.prefix.include.list", "out.*,inv")
                        .before(TABLES)
                        .transaction(
                                "SELECT pg_logical_emit_message(true, 'Outbox', '1')",
                                "SELECT pg_logical_emit_message(true, 'inventory', '2')",
                                "SELECT pg_logical_emit_message(true, 'inv', '3')")
                        .build(),
                scenario("events/message-exclude", "messages left out by their prefix")
                        .with("message.prefix.exclude.list", "secret.*")
                        .before(TABLES)
                        .transaction(
                                "SELECT pg_logical_emit_message(true, 'secrets', '1')",
                                "SELECT pg_logical_emit_message(true, 'open', '2')",
                                "SELECT pg_logical_emit_message(false, 'Secret', '3')")
                        .build(),
                scenario("events/transactions", "transactions described: several tables, keys that change, truncates")
                        .with("provide.transaction.metadata", "true")
                        .using("skipped.operations", "none")
                        .before(TABLES)
                        .transaction(
                                "INSERT INTO a VALUES (2, 'y')",
                                "INSERT INTO b SELECT i, 'y' FROM generate_series(2, 5) i",
                                "UPDATE a SET id = 20 WHERE id = 2",
                                "DELETE FROM b WHERE id = 1")
                        .then("TRUNCATE a, b", "INSERT INTO a VALUES (7, 'z')")
                        .build(),
                scenario("events/transactions-skipped", "skipped operations do not count")
                        .with("provide.transaction.metadata", "true")
                        .with("topic.transaction", "tx")
                        .with("skipped.operations", "u,d")
                        .before(TABLES)
                        .transaction(
                                "INSERT INTO a VALUES (2, 'y')",
                                "UPDATE a SET v = 'w'",
                                "DELETE FROM a WHERE id = 2",
                                "INSERT INTO b VALUES (2, 'y')")
                        .then("UPDATE a SET v = 'v'")
                        .build(),
                scenario("events/transactions-message", "a message counts in its transaction")
                        .with("provide.transaction.metadata", "true")
                        .before(TABLES)
                        .transaction(
                                "INSERT INTO a VALUES (2, 'y')", "SELECT pg_logical_emit_message(true, 'in', 'one')")
                        .differs(
                                ".*transaction\\[\\d+\\] value\\.data_collections",
                                "Debezium names the message by a Java object's address, which changes in every run; we"
                                        + " name it message")
                        .build(),
                scenario("events/heartbeat", "heartbeats, and a statement with each")
                        .with("heartbeat.interval.ms", "500")
                        .with("heartbeat.action.query", "UPDATE beats SET n = n + 1")
                        .with("table.include.list", "public.a")
                        .before(TABLES, "CREATE TABLE beats (n int); INSERT INTO beats VALUES (0)")
                        .then("INSERT INTO a VALUES (2, 'y')")
                        .marker("INSERT INTO a VALUES (99, 'marker')")
                        .build()));
        for (String strategy :
                List.of("Schema", "Default", "SchemaUnicode", "DefaultUnicode", "SchemaRegex", "DefaultRegex")) {
            Scenario.Builder naming = scenario(
                            "events/topics-" + strategy.toLowerCase(Locale.ROOT), "topics named by " + strategy)
                    .with("topic.naming.strategy", "io.debezium.schema." + strategy + "TopicNamingStrategy")
                    .before(
                            TABLES,
                            "CREATE TABLE \"x_y z#ü\" (id int PRIMARY KEY); CREATE TABLE shard1 (id int PRIMARY KEY);"
                                    + " CREATE TABLE nokey (id int)")
                    .then(
                            "INSERT INTO \"x_y z#ü\" VALUES (1)",
                            "INSERT INTO shard1 VALUES (1)",
                            "INSERT INTO nokey VALUES (1)",
                            "UPDATE shard1 SET id = 2");
            if (strategy.endsWith("Regex")) {
                naming.with("topic.regex", "(.*)shard.*").with("topic.replacement", "$1shards");
            }
            all.add(naming.build());
        }
        return all;
    }
}
