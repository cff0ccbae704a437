package dev.walbrook.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Filter} and {@link ContentBasedRouter}. */
class ExpressionTransformsTest {

    private static SourceRecord record(String topic, String value) {
        SourceRecord record = new SourceRecord(
                Map.of(),
                Map.of("lsn", 5L, "chunk", "secret"),
                topic,
                3,
                null,
                null,
                Schema.OPTIONAL_STRING_SCHEMA,
                value,
                99L);
        record.headers().addString("h", "x");
        return record;
    }

    private static Filter<SourceRecord> filter(String condition, String... options) {
        Filter<SourceRecord> filter = new Filter<>();
        filter.configure(properties("condition", condition, options));
        return filter;
    }

    private static ContentBasedRouter<SourceRecord> router(String expression, String... options) {
        ContentBasedRouter<SourceRecord> router = new ContentBasedRouter<>();
        router.configure(properties("topic.expression", expression, options));
        return router;
    }

    private static Map<String, String> properties(String name, String value, String... options) {
        Map<String, String> properties = new HashMap<>();
        properties.put(name, value);
        for (int i = 0; i < options.length; i += 2) {
            properties.put(options[i], options[i + 1]);
        }
        return properties;
    }

    @Test
    void keepsWhatTheConditionHoldsFor() {
        SourceRecord record = record("t", "a");

        assertThat(filter("value == 'a'").apply(record)).isSameAs(record);
        assertThat(filter("value != 'a'").apply(record)).isNull();
    }

    @Test
    void leavesOtherTopicsAlone() {
        SourceRecord record = record("other", "a");

        assertThat(filter("false", "topic.regex", "t.*").apply(record)).isSameAs(record);
        assertThat(router("'x'", "topic.regex", "t.*").apply(record)).isSameAs(record);
    }

    @Test
    void treatsRecordsWithoutValueAsTold() {
        SourceRecord tombstone = record("t", null);

        assertThat(filter("false").apply(tombstone)).isSameAs(tombstone);
        assertThat(filter("false", "null.handling.mode", "keep").apply(tombstone))
                .isSameAs(tombstone);
        assertThat(filter("true", "null.handling.mode", "drop").apply(tombstone))
                .isNull();
        assertThat(filter("value == null", "null.handling.mode", "evaluate").apply(tombstone))
                .isSameAs(tombstone);
        assertThat(filter("value != null", "null.handling.mode", "evaluate").apply(tombstone))
                .isNull();
    }

    @Test
    void routesByContent() {
        SourceRecord record = record("t", "a");

        SourceRecord routed = router("value == 'a' ? topic + '.a' : null").apply(record);

        assertThat(routed.topic()).isEqualTo("t.a");
        assertThat(routed.kafkaPartition()).isEqualTo(3);
        assertThat(routed.value()).isEqualTo("a");
        assertThat(routed.timestamp()).isEqualTo(99L);
        assertThat(routed.headers()).isEqualTo(record.headers());
        assertThat(router("value == 'b' ? 'x' : null").apply(record)).isSameAs(record);
    }

    @ParameterizedTest
    @ValueSource(strings = {"walbrook", "jsr223.groovy", "jsr223.graal.js"})
    void takesTheCommonPartOfOtherLanguages(String language) {
        assertThat(filter("value == 'a'", "language", language).apply(record("t", "a")))
                .isNotNull();
    }

    @Test
    void refusesOtherConfigurations() {
        assertThatThrownBy(() -> filter("value == 'a'", "language", "wasm.chicory"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no scripting engine is run");
        assertThatThrownBy(() -> filter("value.after.id = 1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("condition is no expression: '=' is not understood at character 16");
        assertThatThrownBy(() -> filter("true", "topic.regex", "("))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is no regular expression");
        assertThatThrownBy(() -> filter("true", "null.handling.mode", "none"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("[keep, drop, evaluate]");
    }

    @Test
    void badRecordsSayWhereTheyComeFrom() {
        assertThatThrownBy(() -> filter("value > 1").apply(record("t", "secret")))
                .isExactlyInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "Filter cannot transform the record of topic t, partition 3, source offset {lsn=5}: ")
                .hasMessageContaining("Compare a text with a text")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> router("' '").apply(record("t", "secret")))
                .isExactlyInstanceOf(DataException.class)
                .hasMessageContaining("names no topic");
    }

    @Test
    void anOverflowingStackIsABadRecordAndNoEndOfTheTask() {
        assertThatThrownBy(() -> filter("value matches '(a|b)*c'").apply(record("t", "ab".repeat(1_000_000))))
                .isExactlyInstanceOf(DataException.class)
                .hasMessageContaining("needs too much stack");
    }
}
