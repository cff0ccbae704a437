package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.postgres.TableId;
import org.junit.jupiter.api.Test;

class TableFilterTest {

    private static final TableId ORDERS = new TableId("public", "orders");

    @Test
    void withoutListsEverythingMatches() {
        assertThat(new TableFilter(null, null, null, null).matches(ORDERS)).isTrue();
    }

    @Test
    void includedTablesMatchWholeNamesWithoutRegardToCase() {
        TableFilter filter = new TableFilter(null, null, "PUBLIC.Orders, public\\.x.*", null);

        assertThat(filter.matches(ORDERS)).isTrue();
        assertThat(filter.matches(new TableId("public", "xyz"))).isTrue();
        assertThat(filter.matches(new TableId("public", "orders_old"))).isFalse();
    }

    @Test
    void excludedTablesDoNotMatch() {
        TableFilter filter = new TableFilter(null, null, null, "public.orders");

        assertThat(filter.matches(ORDERS)).isFalse();
        assertThat(filter.matches(new TableId("public", "products"))).isTrue();
    }

    @Test
    void bothTheSchemaAndTheTableMustMatch() {
        TableFilter filter = new TableFilter("sales", null, ".*orders", null);

        assertThat(filter.matches(ORDERS)).isFalse();
        assertThat(filter.matches(new TableId("sales", "orders"))).isTrue();
    }

    @Test
    void anEscapedCommaBelongsToTheExpression() {
        TableFilter filter = new TableFilter(null, null, "public.a{1\\,2}", null);

        assertThat(filter.matches(new TableId("public", "aa"))).isTrue();
        assertThat(filter.matches(new TableId("public", "aaa"))).isFalse();
    }

    @Test
    void refusesIncludeAndExcludeTogether() {
        assertThatThrownBy(() -> new TableFilter(null, null, "a", "b"))
                .hasMessageContaining("table.include.list and table.exclude.list exclude each other");
    }

    @Test
    void refusesWhatIsNoExpression() {
        assertThatThrownBy(() -> new TableFilter(null, null, "a(", null)).hasMessageContaining("'a('");
    }
}
