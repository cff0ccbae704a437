package dev.walbrook.transforms.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DerivedSchemasTest {

    @Test
    void derivesOnceAndForgetsWhatWasUsedLongestAgo() {
        DerivedSchemas<String, String> schemas = new DerivedSchemas<>(2);
        List<String> derived = new ArrayList<>();

        for (String key : List.of("a", "b", "a", "c", "a", "b")) {
            schemas.get(key, missing -> {
                derived.add(missing);
                return missing;
            });
        }

        assertThat(derived).containsExactly("a", "b", "c", "b");
        assertThat(schemas.size()).isEqualTo(2);
    }
}
