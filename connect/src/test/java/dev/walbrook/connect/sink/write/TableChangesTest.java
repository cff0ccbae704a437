package dev.walbrook.connect.sink.write;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.connect.sink.record.Origin;
import dev.walbrook.connect.sink.record.TableName;
import dev.walbrook.connect.sink.table.TargetColumn;
import dev.walbrook.connect.sink.table.TargetTable;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableChangesTest {

    private static final TargetColumn ID = column("id");
    private static final TargetColumn SMALL = column("small");
    private static final TargetColumn LARGE = column("large");
    private static final TargetTable TABLE = new TargetTable(new TableName("s", "t"), false, true, columns());
    private static final RowColumns KEYED = new RowColumns(TABLE, List.of(ID, SMALL, LARGE), 1);
    private static final RowColumns KEYLESS = new RowColumns(TABLE, List.of(ID, SMALL, LARGE), 0);
    private static final RowColumns KEY = new RowColumns(TABLE, List.of(ID), 1);
    private static final Origin ORIGIN = new Origin("topic", 0, 1);

    private static final String UPSERT =
            """
            INSERT INTO "s"."t" ("id", "small", "large") VALUES (?, ?, ?) ON CONFLICT ("id") DO UPDATE SET \
            "small" = EXCLUDED."small", "large" = EXCLUDED."large\"""";
    private static final String INSERT =
            """
            INSERT INTO "s"."t" ("id", "small", "large") VALUES (?, ?, ?)""";
    private static final String UPDATE_SMALL = """
            UPDATE "s"."t" SET "small" = ? WHERE "id" = ?""";
    private static final String INSERT_SMALL = """
            INSERT INTO "s"."t" ("id", "small") VALUES (?, ?)""";
    private static final String DELETE = """
            DELETE FROM "s"."t" WHERE "id" = ?""";

    private static final String MOVE =
            """
            WITH moved AS (UPDATE "s"."t" SET "id" = ? WHERE "id" = ? AND NOT EXISTS \
            (SELECT FROM "s"."t" WHERE "id" = ? AND NOT ("id" = ?)) RETURNING 1) \
            DELETE FROM "s"."t" WHERE "id" = ? AND NOT EXISTS (SELECT FROM moved)""";

    private final TableChanges upserts = new TableChanges(InsertMode.UPSERT);

    @Test
    void keepsTheLastOfSeveralChangesOfAKey() {
        upserts.put(row("1", "a", "x"), null, ORIGIN);
        upserts.put(row("2", "b", "y"), null, ORIGIN);
        upserts.put(row("1", "c", "z"), null, ORIGIN);

        assertThat(said(upserts)).containsExactly(UPSERT + " [1, c, z]", UPSERT + " [2, b, y]");
    }

    @Test
    void writesTheColumnsThatALaterChangeNoLongerHas() {
        RowColumns narrow = new RowColumns(TABLE, List.of(ID, SMALL), 1);
        upserts.put(row("1", "a", "x"), null, ORIGIN);
        upserts.put(new TextRow(narrow, new String[] {"1", "b"}, new BitSet()), null, ORIGIN);

        assertThat(said(upserts))
                .containsExactly(
                        UPSERT + " [1, a, x]",
                        """
                        INSERT INTO "s"."t" ("id", "small") VALUES (?, ?) ON CONFLICT ("id") DO UPDATE SET \
                        "small" = EXCLUDED."small" [1, b]""");
    }

    @Test
    void takesWhatAnUpdateDoesNotKnowFromTheChangeBefore() {
        upserts.put(row("1", "a", "x"), null, ORIGIN);
        upserts.put(partial("1", "b"), null, ORIGIN);

        assertThat(said(upserts)).containsExactly(UPSERT + " [1, b, x]");
    }

    @Test
    void leavesAnUnknownColumnOutOfTheUpdateAndInsertsIfThereIsNoRow() {
        upserts.put(partial("1", "a"), null, ORIGIN);
        upserts.put(partial("1", "b"), null, ORIGIN);

        List<Step> steps = upserts.steps();
        assertThat(said(upserts)).containsExactly(UPDATE_SMALL + " [b, 1]");
        assertThat(steps.get(0).ifNoRow().sql()).isEqualTo(INSERT_SMALL);
        assertThat(steps.get(0).ifNoRow().parameters()).containsExactly("1", "b");
    }

    @Test
    void completesAnUnknownColumnByAnEarlierChangeThatIsItselfIncompleteElsewhere() {
        BitSet small = new BitSet();
        small.set(1);
        upserts.put(new TextRow(KEYED, new String[] {"1", null, "x"}, small), null, ORIGIN);
        upserts.put(partial("1", "b"), null, ORIGIN);

        assertThat(said(upserts)).containsExactly(UPSERT + " [1, b, x]");
    }

    @Test
    void deletesAfterUpsertAndUpsertsAfterDelete() {
        upserts.put(row("1", "a", "x"), null, ORIGIN);
        upserts.delete(key("1"), ORIGIN);
        upserts.delete(key("2"), ORIGIN);
        upserts.put(row("2", "b", "y"), null, ORIGIN);

        assertThat(said(upserts)).containsExactly(DELETE + " [1]", UPSERT + " [2, b, y]");
    }

    @Test
    void replacesARowThatWasDeletedAndComesBackIncomplete() {
        upserts.delete(key("1"), ORIGIN);
        upserts.put(partial("1", "a"), null, ORIGIN);

        assertThat(said(upserts)).containsExactly(DELETE + " [1]", INSERT_SMALL + " [1, a]");
    }

    @Test
    void movesARowToItsNewKeyBeforeItIsUpdatedThere() {
        upserts.move(key("1"), key("2"), ORIGIN);
        upserts.move(key("1"), key("2"), ORIGIN);
        upserts.put(partial("2", "a"), null, ORIGIN);

        assertThat(said(upserts)).containsExactly(MOVE + " [2, 1, 2, 1, 1]", UPDATE_SMALL + " [a, 2]");
    }

    @Test
    void movesARowAfterWhatWasDoneToItBefore() {
        upserts.put(row("1", "a", "x"), null, ORIGIN);
        upserts.move(key("1"), key("2"), ORIGIN);
        upserts.put(partial("2", "b"), null, ORIGIN);
        upserts.put(row("1", "c", "z"), null, ORIGIN);

        assertThat(said(upserts))
                .containsExactly(
                        UPSERT + " [1, a, x]",
                        MOVE + " [2, 1, 2, 1, 1]",
                        UPSERT + " [1, c, z]",
                        UPDATE_SMALL + " [b, 2]");
    }

    @Test
    void movesToAKeyThatWasDeletedBefore() {
        upserts.delete(key("2"), ORIGIN);
        upserts.move(key("1"), key("2"), ORIGIN);

        assertThat(said(upserts)).containsExactly(DELETE + " [2]", MOVE + " [2, 1, 2, 1, 1]");
    }

    @Test
    void movesManyRowsTogetherInTheirOrder() {
        for (int id = 3; id > 0; id--) {
            upserts.move(key("" + id), key("" + (id + 1)), ORIGIN);
            upserts.put(row("" + (id + 1), "a", "x"), null, ORIGIN);
        }

        assertThat(said(upserts))
                .containsExactly(
                        MOVE + " [4, 3, 4, 3, 3]",
                        MOVE + " [3, 2, 3, 2, 2]",
                        MOVE + " [2, 1, 2, 1, 1]",
                        UPSERT + " [2, a, x]",
                        UPSERT + " [3, a, x]",
                        UPSERT + " [4, a, x]");
    }

    @Test
    void leavesARowAloneWhoseKeyIsTheSame() {
        upserts.move(key("1"), key("1"), ORIGIN);

        assertThat(said(upserts)).isEmpty();
    }

    @Test
    void deletesARowThatMovesInInsertMode() {
        TableChanges inserts = new TableChanges(InsertMode.INSERT);
        inserts.move(key("1"), key("2"), ORIGIN);

        assertThat(said(inserts)).containsExactly(DELETE + " [1]");
    }

    @Test
    void forgetsWhatATruncateUndoes() {
        upserts.put(row("1", "a", "x"), null, ORIGIN);
        upserts.truncate(TABLE, ORIGIN);
        upserts.put(row("2", "b", "y"), null, ORIGIN);

        assertThat(said(upserts)).containsExactly("TRUNCATE TABLE \"s\".\"t\" []", UPSERT + " [2, b, y]");
    }

    @Test
    void doesNotUpdateARowThatWasDeletedBefore() {
        TableChanges updates = new TableChanges(InsertMode.UPDATE);
        updates.delete(key("1"), ORIGIN);
        updates.put(row("1", "a", "x"), null, ORIGIN);

        assertThat(said(updates)).containsExactly(DELETE + " [1]");
    }

    @Test
    void keepsEveryInsertAndTheirOrderInInsertMode() {
        TableChanges inserts = new TableChanges(InsertMode.INSERT);
        inserts.put(row("1", "a", "x"), null, ORIGIN);
        inserts.delete(key("1"), ORIGIN);
        inserts.put(row("1", "b", "y"), null, ORIGIN);

        assertThat(said(inserts)).containsExactly(INSERT + " [1, a, x]", DELETE + " [1]", INSERT + " [1, b, y]");
    }

    @Test
    void changesExactlyOneOfEqualRowsWithoutKey() {
        TextRow old = new TextRow(KEYLESS, new String[] {"1", null, "x"}, new BitSet());
        TextRow updated = new TextRow(KEYLESS, new String[] {"1", "b", "y"}, new BitSet());
        upserts.put(updated, old, ORIGIN);
        upserts.delete(updated, ORIGIN);

        assertThat(said(upserts))
                .containsExactly(
                        """
                        UPDATE "s"."t" SET "id" = ?, "small" = ?, "large" = ? WHERE ctid = (SELECT ctid FROM "s"."t" \
                        WHERE "id" IS NOT DISTINCT FROM CAST(? AS text) AND "small" IS NOT DISTINCT FROM CAST(? AS text) \
                        AND "large" IS NOT DISTINCT FROM CAST(? AS text) LIMIT 1) [1, b, y, 1, null, x]""",
                        """
                        DELETE FROM "s"."t" WHERE ctid = (SELECT ctid FROM "s"."t" \
                        WHERE "id" IS NOT DISTINCT FROM CAST(? AS text) AND "small" IS NOT DISTINCT FROM CAST(? AS text) \
                        AND "large" IS NOT DISTINCT FROM CAST(? AS text) LIMIT 1) [1, b, y]""");
    }

    private static List<String> said(TableChanges changes) {
        return changes.steps().stream()
                .map(step -> step.sql() + " " + step.parameters())
                .toList();
    }

    private static TextRow row(String id, String small, String large) {
        return new TextRow(KEYED, new String[] {id, small, large}, new BitSet());
    }

    private static TextRow partial(String id, String small) {
        BitSet large = new BitSet();
        large.set(2);
        return new TextRow(KEYED, new String[] {id, small, null}, large);
    }

    private static TextRow key(String id) {
        return new TextRow(KEY, new String[] {id}, new BitSet());
    }

    private static TargetColumn column(String name) {
        return new TargetColumn(name, "text", "text", "text", 25, false, false, false, true);
    }

    private static Map<String, TargetColumn> columns() {
        Map<String, TargetColumn> columns = new LinkedHashMap<>();
        List.of(ID, SMALL, LARGE).forEach(column -> columns.put(column.name(), column));
        return columns;
    }
}
