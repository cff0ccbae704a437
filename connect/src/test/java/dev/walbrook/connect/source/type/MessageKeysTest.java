package dev.walbrook.connect.source.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.capture.TableSchema;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.PgType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageKeysTest {

    @Test
    void theColumnsAreInTheOrderOfTheSetting() {
        MessageKeys keys = MessageKeys.parse("public.orders:c,a; (.*).items:B");

        assertThat(keys.of(table("orders"))).containsExactly(2, 0);
        assertThat(keys.of(table("items"))).containsExactly(1);
    }

    @Test
    void otherTablesKeepTheirKey() {
        MessageKeys keys = MessageKeys.parse("public.orders:c;public.items:missing");

        assertThat(keys.of(table("customers"))).containsExactly(0);
        assertThat(keys.of(table("items"))).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.orders", "public.orders:", ":a", "a:b:c", "public.(:a"})
    void whatIsNotASettingIsRefused(String setting) {
        assertThatThrownBy(() -> MessageKeys.parse(setting)).isInstanceOf(IllegalArgumentException.class);
    }

    private static TableSchema table(String name) {
        PgType text = new PgType(25, "pg_catalog", "text", PgType.Kind.BASE, 0, 0, -1, List.of(), List.of());
        List<CapturedColumn> columns = Stream.of("a", "b", "c")
                .map(column -> new CapturedColumn(column, text, text, -1, null, false, null, null))
                .toList();
        return new TableSchema(1, new TableId("public", name), columns, List.of(0), false);
    }
}
