package dev.walbrook.connect.sink.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableNamingTest {

    private static final Schema SOURCE = SchemaBuilder.struct()
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("db", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private static final Struct ORDERS =
            new Struct(SOURCE).put("schema", "Größe").put("table", "Orders.2024");

    @Test
    void turnsTheTopicsDotsIntoUnderscores() {
        TableNaming naming = TableNaming.parse("${topic}");

        assertThat(naming.of("shop.public.orders", ORDERS)).isEqualTo(new TableName(null, "shop_public_orders"));
        assertThat(naming.ofTopic("shop.public.orders")).isEqualTo(new TableName(null, "shop_public_orders"));
    }

    @Test
    void takesSourceFieldsExactly() {
        TableNaming naming = TableNaming.parse("${source.schema}.copy_${source.table}");

        assertThat(naming.of("t", ORDERS)).isEqualTo(new TableName("Größe", "copy_Orders.2024"));
    }

    @Test
    void derivesSourceFieldsFromTheTopicWhereItCan() {
        TableNaming naming = TableNaming.parse("${source.schema}.${source.table}");

        assertThat(naming.ofTopic("a.b.public.orders")).isEqualTo(new TableName("public", "orders"));
        assertThat(naming.ofTopic("orders")).isNull();
        assertThat(TableNaming.parse("${source.db}").ofTopic("a.b.c")).isNull();
    }

    @Test
    void knowsNoTableIfAFieldIsMissing() {
        assertThat(TableNaming.parse("${source.nothing}").of("t", ORDERS)).isNull();
        assertThat(TableNaming.parse("${source.db}").of("t", ORDERS)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.", "a.b.c", "${topic", "${table}", "${source.}"})
    void refusesWhatIsNoName(String format) {
        assertThatThrownBy(() -> TableNaming.parse(format)).isInstanceOf(IllegalArgumentException.class);
    }
}
