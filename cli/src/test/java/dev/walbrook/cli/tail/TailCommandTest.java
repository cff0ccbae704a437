package dev.walbrook.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TailCommandTest {

    @Test
    void takesAllTopicsOfThePrefixWithoutNames() {
        Pattern topics = TailCommand.topics("wal.brook", List.of());

        assertThat("wal.brook.public.t").matches(topics);
        assertThat("walxbrook.public.t").doesNotMatch(topics);
    }

    @Test
    void takesTablesWithAndWithoutSchemaAndWholeTopics() {
        Pattern topics = TailCommand.topics("walbrook", List.of("orders", "sales.items", "other.topic"));

        assertThat("walbrook.public.orders").matches(topics);
        assertThat("walbrook.sales.orders").matches(topics);
        assertThat("walbrook.sales.items").matches(topics);
        assertThat("other.topic").matches(topics);
        assertThat("walbrook.public.items").doesNotMatch(topics);
        assertThat("walbrook.public.orders2").doesNotMatch(topics);
    }
}
