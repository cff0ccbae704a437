package dev.walbrook.connect.source.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.walbrook.postgres.catalog.PgType;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.junit.jupiter.api.Test;

/** Hashes are compared with those that Debezium 3.7 was seen to make. */
class ColumnMasksTest {

    private static final SourceType TEXT = new SourceType("text", SourceType.UNLIMITED, 0);

    @Test
    void theFirstHashIsOfTheSerializedText() {
        ColumnMask mask = mask("column.mask.hash.SHA-256.with.salt.abc", TEXT);

        assertThat(mask.apply("t\u00e4xt"))
                .isEqualTo("261fafa953ccd5506ffc64ca4759a0d39722bb3dd01957791303914b6b45bbe7");
        assertThat(mask.ofNull(Schema.OPTIONAL_STRING_SCHEMA)).isNull();
    }

    @Test
    void theSecondHashIsOfTheTextAndFitsItsColumn() {
        ColumnMask mask = mask("column.mask.hash.v2.SHA-256.with.salt.abc", TEXT);
        ColumnMask narrow = mask("column.mask.hash.v2.SHA-256.with.salt.abc", new SourceType("varchar", 20, 0));

        assertThat(mask.apply("t\u00e4xt"))
                .isEqualTo("39ad22c9d6a0c2ec5d6a6c571549f916efcf62514c8e03ddd00054f9bc1565a0");
        assertThat(narrow.apply("varchar")).isEqualTo("b544e7403e9246c744d4");
    }

    @Test
    void asterisksHideNullsToo() {
        ColumnMask mask = mask("column.mask.with.5.chars", TEXT);

        assertThat(mask.apply("a long secret")).isEqualTo("*****");
        assertThat(mask.ofNull(Schema.OPTIONAL_STRING_SCHEMA)).isEqualTo("*****");
        assertThat(mask.placeholder("?")).isEqualTo("*****");
    }

    @Test
    void truncationKeepsCharactersWhole() {
        ColumnMask mask = mask("column.truncate.to.3.chars", TEXT);

        assertThat(mask.apply("abcdef")).isEqualTo("abc");
        assertThat(mask.apply("ab")).isEqualTo("ab");
        assertThat(mask.apply("\ud83d\ude00\ud83d\ude00")).isEqualTo("\ud83d\ude00");
        assertThat(mask.placeholder("a placeholder")).isEqualTo("a placeholder");
    }

    @Test
    void truncationComesBeforeMasksAndMasksBeforeHashes() {
        ColumnMasks masks = ColumnMasks.parse(Map.of(
                "column.mask.hash.MD5.with.salt.z", "s.t.a,s.t.b,s.t.c",
                "column.mask.with.2.chars", "s.t.a,s.t.b",
                "column.truncate.to.1.chars", "S\\.T\\.A"));

        assertThat(masks.of("s.t.a", TEXT, text()))
                .extracting(mask -> mask.apply("xyz"))
                .isEqualTo("x");
        assertThat(masks.of("s.t.b", TEXT, text()))
                .extracting(mask -> mask.apply("xyz"))
                .isEqualTo("**");
        assertThat(masks.of("s.t.c", TEXT, text()))
                .extracting(mask -> mask.apply("xyz"))
                .asString()
                .hasSize(32);
        assertThat(masks.of("t.a", TEXT, text())).isNull();
    }

    @Test
    void columnsOfOtherTypesStayReadable() {
        ColumnMasks masks = ColumnMasks.parse(Map.of("column.mask.with.5.chars", ".*"));

        ColumnMask mask = masks.of("s.t.n", new SourceType("int4", 10, 0), type("int4"));

        assertThat(mask).isNotNull();
        assertThat(mask.apply(7)).isEqualTo(7);
        assertThat(mask.parameter()).isEqualTo("masked");
    }

    @Test
    void wrongPropertiesAreRefusedWithoutTheSalt() {
        assertThat(ColumnMasks.errors(Map.of("column.mask.hash.SHA-257.with.salt.secret", "s.t.a")))
                .containsOnlyKeys("column.mask.hash.SHA-257.with.salt.secret")
                .allSatisfy(
                        (name, error) -> assertThat(error).contains("SHA-257").doesNotContain("secret"));
        assertThatThrownBy(() -> ColumnMasks.parse(Map.of("column.truncate.to.5.chars", "(")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("column.truncate.to.<n>.chars");
        assertThat(ColumnMasks.contains("column.mask.with.x.chars")).isFalse();
    }

    private static ColumnMask mask(String property, SourceType type) {
        ColumnMask mask = ColumnMasks.parse(Map.of(property, "s.t.c")).of("s.t.c", type, text());
        assertThat(mask).isNotNull();
        return mask;
    }

    private static PgType text() {
        return type("text");
    }

    private static PgType type(String name) {
        return new PgType(1, "pg_catalog", name, PgType.Kind.BASE, 0, 0, -1, List.of(), List.of());
    }
}
