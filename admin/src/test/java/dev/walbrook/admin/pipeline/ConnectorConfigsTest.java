package dev.walbrook.admin.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.TableId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectorConfigsTest {

    private static final ConnectionSettings DATABASE =
            new ConnectionSettings("::1", 5433, "my db", "me", "secret", Map.of("sslmode", "require"));

    @Test
    void escapesTopicNamesOnlyWhereTablesNeedIt() {
        TableId plain = new TableId("public", "Order_items-2");

        assertThat(ConnectorConfigs.source(DATABASE, null, null, List.of(plain)))
                .doesNotContainKeys("topic.naming.strategy", "database.password", "table.include.list");
        assertThat(ConnectorConfigs.source(DATABASE, null, null, List.of(plain, new TableId("public", "größe"))))
                .containsEntry("topic.naming.strategy", "io.debezium.schema.SchemaUnicodeTopicNamingStrategy");
    }

    @Test
    void passesTheUrlsPropertiesToBothConnectors() {
        assertThat(ConnectorConfigs.source(DATABASE, "ref", "a.b", List.of()))
                .containsEntry("database.sslmode", "require")
                .containsEntry("database.password", "ref")
                .containsEntry("table.include.list", "a.b");
        assertThat(ConnectorConfigs.sink(DATABASE, "ref"))
                .containsEntry("connection.url", "jdbc:postgresql://[::1]:5433/my%20db?sslmode=require")
                .containsEntry("connection.password", "ref");
    }
}
