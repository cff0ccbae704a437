package dev.walbrook.admin.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparedColumnTest {

    private static final ComparedColumn NUMERIC = new ComparedColumn("n", "numeric", "numeric", -1, false);
    private static final ComparedColumn NUMERIC_12_2 =
            new ComparedColumn("n", "numeric(12,2)", "numeric", 786438, false);
    private static final ComparedColumn TIMETZ = new ComparedColumn("t", "time with time zone", "timetz", -1, false);
    private static final ComparedColumn TEXT = new ComparedColumn("t", "text", "text", -1, false);

    @Test
    void ignoresTrailingZerosWhereTheTypeDoesNotFixThem() {
        assertThat(NUMERIC.canonicalText("n", NUMERIC)).isEqualTo("trim_scale(n)::text");
        assertThat(NUMERIC_12_2.canonicalText("n", NUMERIC)).isEqualTo("trim_scale(n)::text");
        assertThat(NUMERIC_12_2.canonicalText("n", NUMERIC_12_2)).isEqualTo("n::text");
    }

    @Test
    void comparesTimesWithZoneByTheirInstant() {
        assertThat(TIMETZ.canonicalText("t", TIMETZ)).isEqualTo("(t AT TIME ZONE 'UTC')::text");
    }

    @Test
    void comparesByTextWhenTheTypesDiffer() {
        assertThat(TIMETZ.canonicalText("t", TEXT)).isEqualTo("t::text");
        assertThat(TEXT.canonicalText("t", TIMETZ)).isEqualTo("t::text");
    }

    @Test
    void notesColumnsThatAreMissingOrHaveOtherTypes() {
        ComparedTable source = table(NUMERIC, TIMETZ, new ComparedColumn("g", "integer", "int4", -1, true));
        ComparedTable sink = table(NUMERIC_12_2, TEXT);

        List<ColumnNote> notes = ColumnNotes.of(source, sink);

        assertThat(notes)
                .containsExactly(
                        new ColumnNote(
                                "n", ColumnNote.Kind.OTHER_TYPE, "numeric in the source, numeric(12,2) in the sink"),
                        new ColumnNote(
                                "t", ColumnNote.Kind.OTHER_TYPE, "time with time zone in the source, text in the sink"),
                        new ColumnNote("g", ColumnNote.Kind.NOT_REPLICATED, "a generated column is not in the WAL"));
    }

    @Test
    void ordersKeysAsCollationCDoes() {
        // In UTF-16 units the surrogates of an emoji come before U+FF5E, in bytes after it.
        assertThat(KeyMerge.compareBytes("～", "🛶")).isNegative();
        assertThat("～").isGreaterThan("🛶");
    }

    private static ComparedTable table(ComparedColumn... columns) {
        Map<String, ComparedColumn> byName = new LinkedHashMap<>();
        Stream.of(columns).forEach(column -> byName.put(column.name(), column));
        return new ComparedTable(new TableId("public", "t"), false, byName, List.of());
    }
}
