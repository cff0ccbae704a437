package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.capture.PublicationMode;
import dev.walbrook.capture.RangeSettings;
import dev.walbrook.capture.SnapshotMode;
import dev.walbrook.capture.SnapshotPolicy;
import dev.walbrook.capture.SnapshotSettings;
import dev.walbrook.postgres.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SourceConfigTest {

    private final Map<String, String> properties = new HashMap<>(Map.of(
            "name", "test",
            "database.hostname", "db",
            "database.user", "walbrook",
            "database.dbname", "shop",
            "topic.prefix", "shop"));

    @Test
    void theDefaultsAreDebeziumsExceptWhereDocumented() {
        SourceConfig config = parse();

        assertThat(config.capture().connection().port()).isEqualTo(5432);
        assertThat(config.capture().slot()).isEqualTo("debezium");
        assertThat(config.capture().publication()).isEqualTo("dbz_publication");
        assertThat(config.capture().publicationMode()).isEqualTo(PublicationMode.ALL_TABLES);
        assertThat(config.capture().snapshot()).isEqualTo(SnapshotSettings.of(SnapshotPolicy.of(SnapshotMode.INITIAL)));
        assertThat(config.capture().handOverBytes()).isEqualTo(32 << 20);
        assertThat(config.records().tombstones()).isTrue();
        assertThat(config.records().skippedOperations()).containsExactly("t");
        assertThat(config.records().partition()).containsExactly(Map.entry("server", "shop"));
    }

    @Test
    void severalThreadsDivideTablesUnlessTheyGetWholeOnes() {
        properties.put("snapshot.max.threads", "4");
        properties.put("snapshot.max.threads.multiplier", "2");
        properties.put("snapshot.max.threads.multiplier.public.orders", "3");

        assertThat(parse().capture().snapshot().ranges())
                .isEqualTo(new RangeSettings(2, Map.of("public.orders", 3), RangeSettings.SMALLEST_BYTES));

        properties.put("legacy.snapshot.max.threads", "true");
        assertThat(parse().capture().snapshot().ranges()).isNull();
    }

    @Test
    void aMultiplierOfATableIsANumberAboveZero() {
        String property = "snapshot.max.threads.multiplier.public.orders";

        assertThat(SnapshotConfig.errors(Map.of(property, "0"))).containsOnlyKeys(property);
        assertThat(SnapshotConfig.errors(Map.of(property, "many"))).containsOnlyKeys(property);
        assertThat(SnapshotConfig.errors(Map.of(property, " 2 "))).isEmpty();
    }

    @Test
    void filtersMeetAndMatchWholeNames() {
        properties.put("schema.include.list", "public");
        properties.put("table.exclude.list", "public\\.secret.*");

        SourceConfig config = parse();

        assertThat(config.capture().tables().matches(new TableId("public", "orders")))
                .isTrue();
        assertThat(config.capture().tables().matches(new TableId("public", "secrets")))
                .isFalse();
        assertThat(config.capture().tables().matches(new TableId("other", "orders")))
                .isFalse();
    }

    @Test
    void driverPropertiesReachTheDriverUnderEitherPrefix() {
        properties.put("database.sslmode", "require");
        properties.put("driver.loginTimeout", "7");

        assertThat(parse().capture().connection().properties())
                .containsOnly(Map.entry("sslmode", "require"), Map.entry("loginTimeout", "7"));
    }

    @Test
    void noneSkipsNoOperation() {
        properties.put("skipped.operations", "none");

        assertThat(parse().records().skippedOperations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void aWrongValueIsRefusedByName(String property, String value) {
        properties.put(property, value);

        assertThatThrownBy(this::parse).isInstanceOf(ConfigException.class).hasMessageContaining(property);
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of("slot.name", "Upper-Case"),
                Arguments.of("topic.prefix", "with space"),
                Arguments.of("snapshot.mode", "sometimes"),
                Arguments.of("publication.autocreate.mode", "some_tables"),
                Arguments.of("decimal.handling.mode", "exactly"),
                Arguments.of("table.include.list", "a("),
                Arguments.of("skipped.operations", "c,x"),
                Arguments.of("database.port", "70000"),
                Arguments.of("topic.naming.strategy", "com.example.Mine"),
                Arguments.of("max.queue.size.in.bytes", "-1"),
                Arguments.of("transaction.metadata.factory", "com.example.Mine"),
                Arguments.of("topic.regex", "a("),
                Arguments.of("replica.identity.autoset.values", "public.a:SOMETIMES"),
                Arguments.of("event.processing.failure.handling.mode", "hope"),
                Arguments.of("dead.letter.topic.name", "with space"),
                Arguments.of("queue.provider.type", "disk"));
    }

    @Test
    void validateReportsEveryProblemOnItsProperty() {
        properties.remove("database.hostname");
        properties.put("slot.name", "Bad Name");
        properties.put("table.include.list", "a");
        properties.put("table.exclude.list", "b");

        List<ConfigValue> values =
                new PostgresSourceConnector().validate(properties).configValues();

        assertThat(values)
                .filteredOn(value -> !value.errorMessages().isEmpty())
                .extracting(ConfigValue::name)
                .containsExactlyInAnyOrder("database.hostname", "slot.name", "table.exclude.list");
    }

    @Test
    void aDeadLetterTopicNeedsFailuresToBeTolerated() {
        properties.put("dead.letter.topic.name", "letters");

        assertThat(SourceConfig.crossFieldErrors(new HashMap<>(properties))).containsOnlyKeys("dead.letter.topic.name");

        properties.put("event.processing.failure.handling.mode", "SKIP");

        assertThat(SourceConfig.crossFieldErrors(new HashMap<>(properties))).isEmpty();
    }

    @Test
    void tellsWhichPropertiesNobodyReads() {
        properties.put("tabel.include.list", "x");
        properties.put("transforms.a.type", "y");
        properties.put("value.converter", "z");

        assertThat(UnknownProperties.in(properties)).containsExactly("tabel.include.list");
    }

    private SourceConfig parse() {
        return SourceConfig.parse("test", "0", properties);
    }
}
