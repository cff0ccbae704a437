package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.List;

/** Logical messages, transaction metadata, heartbeats and the names of topics. */
final class EventScenarios {

    private static final String TABLE = "CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a')";

    private EventScenarios() {}

    static List<Scenario> all() {
        return List.of(
                messages("messages", "messages, transactional and not").build(),
                messages("messages-included", "messages of some prefixes")
                        .with("message.prefix.include.list", "app.*,x")
                        .build(),
                messages("messages-excluded", "messages but those of some prefixes")
                        .with("message.prefix.exclude.list", "app\\..*")
                        .build(),
                messages("messages-base64", "the content of messages as text")
                        .with("binary.handling.mode", "base64")
                        .build(),
                messages("messages-transactions", "messages in transaction metadata")
                        .with("provide.transaction.metadata", "true")
                        .differs(
                                ".*transaction\\[\\d+\\] value\\.data_collections",
                                "Debezium names each message by the address of a Java object, another one in every run;"
                                        + " we count them as the collection message")
                        .differs(
                                ".*message\\[\\d+\\] value\\.transaction\\.data_collection_order",
                                "to Debezium each message is a collection of its own; we number those of a transaction")
                        .build(),
                transactions("transactions", "transactions and the place in them")
                        .build(),
                transactions("transactions-topic", "the topic of transactions by another name")
                        .with("topic.transaction", "tx")
                        .build(),
                transactions("transactions-filtered", "transactions of tables that are not captured")
                        .with("table.include.list", "public.t")
                        .build(),
                transactions("transactions-skipped", "transactions of operations that are left out")
                        .with("skipped.operations", "u,d")
                        .build(),
                transactions("transactions-restart", "the place in a transaction after a restart")
                        .stop()
                        .resume()
                        .then("INSERT INTO t VALUES (50, 'z')")
                        .build(),
                transactions("transactions-key-change", "a change of key in a transaction")
                        .then("UPDATE t SET id = 70 WHERE id = 1")
                        .transaction("UPDATE t SET id = 71 WHERE id = 70", "DELETE FROM t WHERE id = 71")
                        .build(),
                transactions("transactions-tombstones-off", "a place for each delete")
                        .with("tombstones.on.delete", "false")
                        .then("UPDATE t SET id = 70 WHERE id = 1", "DELETE FROM t")
                        .build(),
                scenario("events/heartbeat", "heartbeats while nothing happens")
                        .with("heartbeat.interval.ms", "100")
                        .before(TABLE)
                        .then("INSERT INTO t VALUES (2, 'b')")
                        .await("heartbeat")
                        .build(),
                scenario("events/heartbeat-prefix", "heartbeats in a topic of another name")
                        .with("heartbeat.interval.ms", "100")
                        .with("topic.heartbeat.prefix", "my-heartbeat")
                        .before(TABLE)
                        .then("INSERT INTO t VALUES (2, 'b')")
                        .await("heartbeat")
                        .build(),
                scenario("events/heartbeat-name", "heartbeats in a topic of one's own name")
                        .with("heartbeat.interval.ms", "100")
                        .with("topic.heartbeat.name", "heartbeat-of-{prefix}")
                        .before(TABLE)
                        .then("INSERT INTO t VALUES (2, 'b')")
                        .await("heartbeat")
                        .build(),
                scenario("events/heartbeat-action", "a statement with each heartbeat")
                        .with("heartbeat.interval.ms", "100")
                        .with("heartbeat.action.query", "UPDATE public.beat SET at = now() WHERE id = '{prefix}'")
                        .using("table.exclude.list", "public.beat")
                        .before(TABLE, "CREATE TABLE beat (id text PRIMARY KEY, at timestamptz)")
                        .before("INSERT INTO beat VALUES ('{prefix}', NULL)")
                        .then("INSERT INTO t VALUES (2, 'b')")
                        .await("heartbeat")
                        .build(),
                topics("delimiter", "another delimiter")
                        .with("topic.delimiter", "_")
                        .build(),
                topics("default-strategy", "the default naming strategy")
                        .with("topic.naming.strategy", "io.debezium.schema.DefaultTopicNamingStrategy")
                        .build(),
                topics("schema-strategy", "the usual naming strategy")
                        .with("topic.naming.strategy", "io.debezium.schema.SchemaTopicNamingStrategy")
                        .build(),
                topics("unicode-strategy", "the naming strategy that escapes")
                        .with("topic.naming.strategy", "io.debezium.schema.SchemaUnicodeTopicNamingStrategy")
                        .build(),
                topics("default-unicode-strategy", "the default naming strategy that escapes")
                        .with("topic.naming.strategy", "io.debezium.schema.DefaultUnicodeTopicNamingStrategy")
                        .build(),
                topics("regex-strategy", "several tables in one topic")
                        .with("topic.naming.strategy", "io.debezium.schema.DefaultRegexTopicNamingStrategy")
                        .with("topic.regex", "(.*)\\.shard_(.*)")
                        .with("topic.replacement", "$1.all_shards")
                        .build(),
                topics("regex-strategy-key-field", "several tables in one topic, with another key field")
                        .with("topic.naming.strategy", "io.debezium.schema.DefaultRegexTopicNamingStrategy")
                        .with("topic.regex", "(.*)\\.shard_(.*)")
                        .with("topic.replacement", "$1.all_shards")
                        .with("topic.key.field.name", "shard")
                        .with("topic.key.field.regex", "(.*)\\.shard_(.*)")
                        .with("topic.key.field.replacement", "$2")
                        .build(),
                topics("regex-strategy-no-key-field", "several tables in one topic without a key field")
                        .with("topic.naming.strategy", "io.debezium.schema.DefaultRegexTopicNamingStrategy")
                        .with("topic.regex", "(.*)\\.shard_(.*)")
                        .with("topic.replacement", "$1.all_shards")
                        .with("topic.key.enforce.uniqueness", "false")
                        .build(),
                topics("prefix", "a prefix of several parts")
                        .with("topic.prefix", "my.{prefix}-server_1")
                        .build());
    }

    private static Scenario.Builder messages(String name, String title) {
        return scenario("events/" + name, title)
                .before(TABLE)
                .transaction(
                        "INSERT INTO t VALUES (2, 'b')",
                        "SELECT pg_logical_emit_message(true, 'app.one', 'in a transaction ä')",
                        "SELECT pg_logical_emit_message(true, 'other', decode('00ff', 'hex'))",
                        "UPDATE t SET v = 'c'")
                .then(
                        "SELECT pg_logical_emit_message(true, 'app', 'alone')",
                        "SELECT pg_logical_emit_message(true, 'x', '')")
                .settle()
                .script("SELECT pg_logical_emit_message(false, 'app.two', 'in no transaction')")
                .settle();
    }

    private static Scenario.Builder transactions(String name, String title) {
        return scenario("events/" + name, title)
                .with("provide.transaction.metadata", "true")
                .before(TABLE, "CREATE TABLE u (id int PRIMARY KEY); CREATE TABLE \"Odd Name\" (id int PRIMARY KEY)")
                .transaction(
                        "INSERT INTO t VALUES (2, 'b')",
                        "INSERT INTO u VALUES (1), (2)",
                        "UPDATE t SET v = 'c'",
                        "INSERT INTO \"Odd Name\" VALUES (1)",
                        "DELETE FROM t WHERE id = 2")
                .then("INSERT INTO u VALUES (3)")
                .transaction("CREATE TABLE made (id int)", "DROP TABLE made")
                .then("TRUNCATE u");
    }

    private static Scenario.Builder topics(String name, String title) {
        return scenario("topics/" + name, title)
                .before(
                        """
                        CREATE TABLE shard_1 (id int PRIMARY KEY, v text); CREATE TABLE shard_2 (id int PRIMARY KEY, v text);
                        CREATE TABLE "größe 1" (id int PRIMARY KEY, v text); CREATE TABLE plain (v text);
                        INSERT INTO shard_1 VALUES (1, 'a'); INSERT INTO "größe 1" VALUES (1, 'a')
                        """)
                .then(
                        "INSERT INTO shard_2 VALUES (1, 'b')",
                        "UPDATE shard_1 SET v = 'c'",
                        "UPDATE shard_1 SET id = 2",
                        "INSERT INTO plain VALUES ('x')",
                        "DELETE FROM shard_1");
    }
}
