package dev.walbrook.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContentSumTest {

    private static final String KEY = "{\"id\":1}";
    private static final String INSERT =
            "{\"before\":null,\"after\":{\"id\":1,\"a\":\"x\"},\"source\":{\"lsn\":7},\"op\":\"c\"}";

    @Test
    void doesNotDependOnTheOrder() {
        assertThat(sum(KEY, INSERT, KEY, null)).isEqualTo(sum(KEY, null, KEY, INSERT));
    }

    @Test
    void doesNotDependOnWhereAChangeComesFrom() {
        String elsewhere = INSERT.replace("\"lsn\":7", "\"lsn\":8");

        assertThat(sum(KEY, elsewhere)).isEqualTo(sum(KEY, INSERT));
    }

    @Test
    void doesNotDependOnTheSchemaBesideTheValue() {
        Content plain = sum(KEY, INSERT);

        Content described = sum(described(KEY), described(INSERT));

        assertThat(described).isEqualTo(plain);
        assertThat(sum(described(KEY), described(INSERT), KEY, INSERT, described(KEY), described(INSERT)))
                .isEqualTo(sum(KEY, INSERT, KEY, INSERT, KEY, INSERT));
    }

    @Test
    void differsByKeyOperationAndRow() {
        Content content = sum(KEY, INSERT);

        assertThat(sum("{\"id\":2}", INSERT).saysTheSameAs(content)).isFalse();
        assertThat(sum(KEY, INSERT.replace("\"op\":\"c\"", "\"op\":\"u\"")).saysTheSameAs(content))
                .isFalse();
        assertThat(sum(KEY, INSERT.replace("\"x\"", "\"y\"")).saysTheSameAs(content))
                .isFalse();
        assertThat(sum(KEY, null).saysTheSameAs(content)).isFalse();
        assertThat(sum(KEY, INSERT, KEY, INSERT).saysTheSameAs(content)).isFalse();
    }

    @Test
    void takesWhatIsNoEnvelopeAsItIs() {
        assertThat(sum(KEY, "{\"id\":1,\"a\":\"x\"}").saysTheSameAs(sum(KEY, "{\"id\":1,\"a\":\"y\"}")))
                .isFalse();
    }

    private static String described(String value) {
        return "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"field\":\"payload\"}]},\"payload\":" + value + "}";
    }

    private static Content sum(String... keysAndValues) {
        ContentSum sum = new ContentSum();
        for (int at = 0; at < keysAndValues.length; at += 2) {
            sum.add(bytes(keysAndValues[at]), keysAndValues[at + 1] == null ? null : bytes(keysAndValues[at + 1]));
        }
        return new Content(sum.records(), 0, sum.sum());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
