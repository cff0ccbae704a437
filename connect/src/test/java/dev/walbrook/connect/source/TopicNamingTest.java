package dev.walbrook.connect.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.TableId;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicNamingTest {

    private final Map<String, String> properties = new HashMap<>(Map.of(
            "database.hostname", "db",
            "database.user", "walbrook",
            "database.dbname", "shop",
            "topic.prefix", "p"));

    // What Debezium 3.7.0.Final names these topics.
    @ParameterizedTest
    @CsvSource({
        "Schema,         s-2, t#1,  p.s-2.t_1",
        "Schema,         public, Ünï cödé$, p.public._n__c_d__",
        "Default,        s-2, t#1,  p.t_1",
        "SchemaUnicode,  public, x_y, p.public.x_u005fy",
        "SchemaUnicode,  public, ü$, p.public._u00fc_u0024",
        "DefaultUnicode, s-2, t#1,  p.t_u00231",
        "SchemaRegex,    public, shard7, p.public.all",
        "SchemaRegex,    public, other, p.public.other",
        "DefaultRegex,   public, shard7, p.all"
    })
    void eachStrategyNamesTopicsAsDebeziumDoes(String strategy, String schema, String table, String topic) {
        properties.put("topic.naming.strategy", "io.debezium.schema." + strategy + "TopicNamingStrategy");
        properties.put("topic.regex", "(.*)shard.*");
        properties.put("topic.replacement", "$1all");

        assertThat(topics().topic(new TableId(schema, table))).isEqualTo(topic);
    }

    @Test
    void theKeyFieldTellsTablesApart() {
        properties.put("topic.naming.strategy", "io.debezium.schema.SchemaRegexTopicNamingStrategy");
        properties.put("topic.regex", "(.*)shard.*");
        properties.put("topic.replacement", "$1all");
        properties.put("topic.key.field.regex", "(.*)shard(.*)");
        properties.put("topic.key.field.replacement", "$2");

        TopicNaming topics = topics();

        assertThat(topics.keyField()).isEqualTo("__dbz__physicalTableIdentifier");
        assertThat(topics.keyFieldValue(new TableId("public", "shard7"))).isEqualTo("7");
        assertThat(topics.keyFieldValue(new TableId("public", "a"))).isEqualTo("p.public.a");
    }

    @Test
    void aNameIsCutAtKafkasLimit() {
        assertThat(topics().topic(new TableId("public", "t".repeat(300)))).hasSize(249);
    }

    @Test
    void theDelimiterIsNotUsedForMessages() {
        properties.put("topic.delimiter", "-");

        TopicNaming topics = topics();

        assertThat(topics.transactionTopic()).isEqualTo("p-transaction");
        assertThat(topics.heartbeatTopic()).isEqualTo("__debezium-heartbeat-p");
        assertThat(topics.messageTopic()).isEqualTo("p.message");
    }

    @Test
    void heartbeatsHaveATopicOfAnyName() {
        properties.put("heartbeat.topics.prefix", "old");
        assertThat(topics().heartbeatTopic()).isEqualTo("old.p");

        properties.put("topic.heartbeat.prefix", "new");
        assertThat(topics().heartbeatTopic()).isEqualTo("new.p");

        properties.put("topic.heartbeat.name", "whole");
        assertThat(topics().heartbeatTopic()).isEqualTo("whole");
    }

    private TopicNaming topics() {
        return SourceConfig.parse("test", "0", properties).records().topics();
    }
}
