package dev.walbrook.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutboxTableTest {

    @Test
    void theShippedMigrationsAreThoseOfTheStandardTables() throws IOException {
        assertThat(resource("outbox/R__walbrook_outbox.sql"))
                .isEqualTo(OutboxTable.standard().migration());
        assertThat(resource("inbox/R__walbrook_inbox.sql"))
                .isEqualTo(Inbox.of("any").migration());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = OutboxTable.class.getResourceAsStream("migration/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void quotesOnlyNamesThatNeedIt() {
        OutboxTable table = OutboxTable.standard()
                .named("Shop", "order")
                .withLayout(EventLayout.standard().with(EventField.TYPE, "event-type"));

        assertThat(table.migration())
                .startsWith("CREATE TABLE IF NOT EXISTS \"Shop\".\"order\" (\n    id uuid NOT NULL,")
                .contains("\"event-type\" varchar(255) NOT NULL");
    }
}
