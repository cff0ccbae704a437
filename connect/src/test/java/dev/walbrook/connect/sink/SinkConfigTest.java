package dev.walbrook.connect.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.connect.sink.record.PrimaryKeyMode;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.connect.sink.table.SchemaEvolution;
import dev.walbrook.connect.sink.write.InsertMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;

class SinkConfigTest {

    private static final Map<String, String> MINIMAL =
            Map.of("name", "copy", "connection.url", "jdbc:postgresql://db:5433/shop?user=writer&password=secret");

    @Test
    void takesDefaultsFromDebezium() {
        SinkConfig config = SinkConfig.parse(MINIMAL);

        assertThat(config.writer().insertMode()).isEqualTo(InsertMode.INSERT);
        assertThat(config.reader().keyMode()).isEqualTo(PrimaryKeyMode.NONE);
        assertThat(config.reader().deletes()).isFalse();
        assertThat(config.reader().naming().ofTopic("a.b")).isEqualTo(new TableName(null, "a_b"));
        assertThat(config.batchSize()).isEqualTo(1_000);
        assertThat(config.session().connection().password()).isEqualTo("secret");
        assertThat(config.session().connection()).hasToString("writer@db:5433/shop");
        assertThat(errors(MINIMAL)).isEmpty();
    }

    @Test
    void takesTheRoleOfThePropertiesBeforeThatOfTheUrl() {
        SinkConfig config = SinkConfig.parse(with(Map.of(
                "connection.username", "other", "connection.password", "its own", "table.name.format", "${topic}_x")));

        assertThat(config.session().connection().user()).isEqualTo("other");
        assertThat(config.session().connection().password()).isEqualTo("its own");
        assertThat(config.reader().naming().ofTopic("a")).isEqualTo(new TableName(null, "a_x"));
    }

    @Test
    void keepsAllHostsOfTheUrl() {
        SinkConfig config = SinkConfig.parse(Map.of(
                "connection.url", "jdbc:postgresql://a:1,b:2/d?targetServerType=primary", "connection.user", "u"));

        assertThat(config.session().connection().host()).isEqualTo("a:1,b:2");
        assertThat(config.session().connection().properties()).containsEntry("targetServerType", "primary");
    }

    @Test
    void saysWhatWholeTransactionsNeed() {
        Map<String, String> right =
                Map.of("apply.mode", "transaction", "topics", "shop.transaction,shop.public.a", "tasks.max", "1");
        assertThat(errors(with(right))).isEmpty();
        assertThat(errors(with(Map.of("apply.mode", "transaction", "topics.regex", "shop\\..*"))))
                .isEmpty();

        assertThat(errors(with(Map.of(
                                "apply.mode", "transaction",
                                "topics", "shop.public.a",
                                "tasks.max", "2",
                                "delivery.guarantee", "at_least_once")))
                        .get("apply.mode"))
                .hasSize(3)
                .anyMatch(message -> message.contains("tasks.max=1"))
                .anyMatch(message -> message.contains("exactly_once"))
                .anyMatch(message -> message.contains("provide.transaction.metadata=true"));
    }

    @Test
    void findsAllErrorsInOnePass() {
        Map<String, List<String>> errors = errors(Map.ofEntries(
                Map.entry("connection.url", "jdbc:mysql://db/shop"),
                Map.entry("insert.mode", "merge"),
                Map.entry("primary.key.mode", "key"),
                Map.entry("schema.evolution", "some"),
                Map.entry("table.name.format", "a.b.c"),
                Map.entry("database.time_zone", "Mars"),
                Map.entry("unavailable.value.placeholder", "hex:0"),
                Map.entry("batch.size", "0"),
                Map.entry("column.naming.strategy", "com.acme.Names")));

        assertThat(errors)
                .containsOnlyKeys(
                        "connection.url",
                        "insert.mode",
                        "primary.key.mode",
                        "schema.evolution",
                        "collection.name.format",
                        "use.time.zone",
                        "unavailable.value.placeholder",
                        "batch.size",
                        "column.naming.strategy");
    }

    @Test
    void takesTheNamesOfOtherSinks() {
        SinkConfig config = SinkConfig.parse(with(Map.of(
                "pk.mode", "record_value",
                "pk.fields", "id",
                "auto.create", "true",
                "auto.evolve", "true",
                "fields.whitelist", "id,orders:note",
                "retry.backoff.ms", "7")));

        assertThat(config.reader().keyMode()).isEqualTo(PrimaryKeyMode.RECORD_VALUE);
        assertThat(config.reader().keyFields()).containsExactly("id");
        assertThat(config.reader().filter().included()).containsExactlyInAnyOrder("id", "orders:note");
        assertThat(config.writer().evolution()).isEqualTo(SchemaEvolution.BASIC);
        assertThat(config.retryDelayMs()).isEqualTo(7);
        assertThat(errors(with(Map.of("auto.evolve", "true")))).containsOnlyKeys("schema.evolution");
    }

    @Test
    void acceptsWhatAsksForNothingUnusual() {
        assertThat(errors(with(Map.of(
                        "collection.naming.strategy", "io.debezium.sink.naming.DefaultCollectionNamingStrategy",
                        "connection.pool.max_size", "8",
                        "use.reduction.buffer", "true",
                        "dialect.postgres.unnest.insert.enabled", "true",
                        "schema.evolution", "validate-only"))))
                .isEmpty();
    }

    @Test
    void aPlaceInKafkaIsThreeColumnsAndCannotBeDeleted() {
        assertThat(errors(with(
                        Map.of("primary.key.mode", "kafka", "primary.key.fields", "a,b", "delete.enabled", "true"))))
                .containsOnlyKeys("primary.key.fields", "delete.enabled");
    }

    @Test
    void storesOffsetsUnderTheConsumersGroup() {
        SinkConfig config = SinkConfig.parse(with(Map.of("offsets.table.name", "sync.offsets")));

        assertThat(config.offsets()).isEqualTo(new TableName("sync", "offsets"));
        assertThat(config.consumerGroup()).isEqualTo("connect-copy");
        assertThat(SinkConfig.parse(with(Map.of("consumer.override.group.id", "again")))
                        .consumerGroup())
                .isEqualTo("again");
        assertThat(SinkConfig.parse(with(Map.of("delivery.guarantee", "at_least_once")))
                        .offsets())
                .isNull();
    }

    @Test
    void needsAKeyToUpsert() {
        assertThat(errors(with(Map.of("insert.mode", "upsert")))).containsOnlyKeys("primary.key.mode");
        assertThat(errors(with(Map.of("insert.mode", "upsert", "primary.key.mode", "record_key"))))
                .isEmpty();
    }

    @Test
    void needsARole() {
        Map<String, List<String>> errors = errors(Map.of("connection.url", "jdbc:postgresql://db/shop"));

        assertThat(errors.get("connection.url").get(0)).contains("connection.username");
    }

    private static Map<String, String> with(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(MINIMAL);
        properties.putAll(more);
        return properties;
    }

    private static Map<String, List<String>> errors(Map<String, String> properties) {
        Map<String, List<String>> errors = new TreeMap<>();
        for (ConfigValue value :
                new PostgresSinkConnector().validate(properties).configValues()) {
            if (!value.errorMessages().isEmpty()) {
                errors.put(value.name(), value.errorMessages());
            }
        }
        return errors;
    }
}
