package dev.walbrook.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.pgoutput.TupleData;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Changes that were written before a table was altered, and are read only afterwards: columns, types and order are those of
 * the moment of the change.
 */
@Timeout(120)
class SchemaWhileLaggingIT {

    private TestDatabase database;
    private CapturePosition snapshotRead;

    @BeforeEach
    void createTable() throws InterruptedException {
        database = TestPostgres.source().createDatabase();
        database.execute("CREATE TABLE t (id int PRIMARY KEY, a text, b int)", "INSERT INTO t VALUES (0, 'zero', 0)");
        try (CapturedStream first = CapturedStream.start(CapturedStream.settings(database), null)) {
            first.until(lines -> lines.size() == 1);
            snapshotRead = first.position();
        }
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void aColumnThatWasAddedSinceIsNotThereBefore() throws InterruptedException {
        database.execute(
                "INSERT INTO t VALUES (1, 'one', 1)",
                "ALTER TABLE t ADD c int DEFAULT 5",
                "INSERT INTO t VALUES (2, 'two', 2)");

        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 key [id] = [1, one, 1]",
                        "CREATE id:int4! a:text b:int4 c:int4 key [id] = [2, two, 2, 5]");
    }

    @Test
    void aColumnThatWasDroppedSinceIsStillThere() throws InterruptedException {
        database.execute("INSERT INTO t VALUES (1, 'one', 1)", "ALTER TABLE t DROP a", "INSERT INTO t VALUES (2, 2)");

        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 key [id] = [1, one, 1]",
                        "CREATE id:int4! b:int4 key [id] = [2, 2]");
    }

    @Test
    void aColumnThatWasRenamedSinceHasItsOldName() throws InterruptedException {
        database.execute(
                "INSERT INTO t VALUES (1, 'one', 1)",
                "ALTER TABLE t RENAME a TO z",
                "INSERT INTO t VALUES (2, 'two', 2)");

        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 key [id] = [1, one, 1]",
                        "CREATE id:int4! z:text b:int4 key [id] = [2, two, 2]");
    }

    @Test
    void twoColumnsThatChangedNamesAreNotMistakenForOneAnother() throws InterruptedException {
        database.execute(
                "ALTER TABLE t ALTER b SET NOT NULL",
                "INSERT INTO t VALUES (1, 'one', 1)",
                """
                ALTER TABLE t RENAME a TO x; ALTER TABLE t RENAME b TO a; ALTER TABLE t RENAME x TO b
                """,
                "INSERT INTO t VALUES (2, 'two', 2)");

        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 key [id] = [1, one, 1]",
                        "CREATE id:int4! b:text a:int4! key [id] = [2, two, 2]");
    }

    @Test
    void aColumnOfAnotherTypeSinceHasItsOldType() throws InterruptedException {
        database.execute(
                "ALTER TABLE t ALTER b SET NOT NULL, ALTER b SET DEFAULT 7",
                "INSERT INTO t VALUES (1, 'one', 1)",
                "ALTER TABLE t ALTER b DROP DEFAULT, ALTER b TYPE numeric(8,2)",
                "INSERT INTO t VALUES (2, 'two', 2)");

        // Whether the old column took nulls, the catalog no longer knows.
        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 key [id] = [1, one, 1]",
                        "CREATE id:int4! a:text b:numeric! key [id] = [2, two, 2.00]");
    }

    @Test
    void columnsInAnotherOrderSinceKeepTheirOldOne() throws InterruptedException {
        database.execute(
                "INSERT INTO t VALUES (1, 'one', 1)",
                "ALTER TABLE t DROP a; ALTER TABLE t ADD a text",
                "INSERT INTO t VALUES (2, 2, 'two')");

        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 key [id] = [1, one, 1]",
                        "CREATE id:int4! b:int4 a:text key [id] = [2, 2, two]");
    }

    @Test
    void anotherKeySinceIsNotTheKeyBefore() throws InterruptedException {
        database.execute(
                "INSERT INTO t VALUES (1, 'one', 1)",
                "ALTER TABLE t DROP CONSTRAINT t_pkey; ALTER TABLE t ADD PRIMARY KEY (b, id)",
                "INSERT INTO t VALUES (2, 'two', 2)");

        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4! key [id] = [1, one, 1]",
                        "CREATE id:int4! a:text b:int4! key [b, id] = [2, two, 2]");
    }

    @Test
    void aTableThatWasDroppedAndMadeAnewSinceIsTwoTables() throws InterruptedException {
        database.execute(
                "INSERT INTO t VALUES (1, 'one', 1)",
                "DROP TABLE t",
                "CREATE TABLE t (other text PRIMARY KEY)",
                "ALTER PUBLICATION walbrook ADD TABLE t",
                "INSERT INTO t VALUES ('x')");

        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 key [id] = [1, one, 1]", "CREATE other:text! key [other] = [x]");
    }

    @Test
    void aTypeThatWasDroppedSinceLeavesItsText() throws InterruptedException {
        database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "ALTER TABLE t ADD m mood",
                "INSERT INTO t VALUES (1, 'one', 1, 'ok')",
                "ALTER TABLE t DROP m",
                "DROP TYPE mood",
                "INSERT INTO t VALUES (2, 'two', 2)");

        assertThat(changes(2))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 m:unknown key [id] = [1, one, 1, ok]",
                        "CREATE id:int4! a:text b:int4 key [id] = [2, two, 2]");
    }

    @Test
    void alterationsInsideATransactionHoldFromTheirPlaceOn() throws InterruptedException {
        database.execute(
                """
                BEGIN;
                INSERT INTO t VALUES (1, 'one', 1);
                ALTER TABLE t ADD c int;
                INSERT INTO t VALUES (2, 'two', 2, 22);
                ALTER TABLE t DROP b;
                UPDATE t SET c = 33 WHERE id = 1;
                COMMIT
                """,
                "ALTER TABLE t DROP c");

        assertThat(changes(3))
                .containsExactly(
                        "CREATE id:int4! a:text b:int4 key [id] = [1, one, 1]",
                        "CREATE id:int4! a:text b:int4 c:int4 key [id] = [2, two, 2, 22]",
                        "UPDATE id:int4! a:text c:int4 key [id] = [1, one, 33]");
    }

    /** PostgreSQL describes no table again because an enum has changed. */
    @Test
    void newLabelsOfAnEnumAreKnownWithTheirFirstRow() throws InterruptedException {
        database.execute("CREATE TYPE mood AS ENUM ('sad', 'ok')", "ALTER TABLE t ADD m mood");
        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), snapshotRead)) {
            database.execute("INSERT INTO t VALUES (1, 'one', 1, 'ok')");
            stream.until(lines -> lines.size() == 1);

            database.execute("ALTER TYPE mood ADD VALUE 'new'", "UPDATE t SET m = 'new' WHERE id = 1");
            stream.until(lines -> lines.size() == 2);

            assertThat(stream.changes().get(0).table().columns().get(3).type().labels())
                    .containsExactly("sad", "ok");
            assertThat(stream.changes().get(1).table().columns().get(3).type().labels())
                    .containsExactly("sad", "ok", "new");
        }
    }

    private List<String> changes(int count) throws InterruptedException {
        List<String> described = new ArrayList<>();
        try (CapturedStream stream = CapturedStream.start(CapturedStream.settings(database), snapshotRead)) {
            stream.until(lines -> lines.size() == count);
            stream.changes().forEach(change -> described.add(describe(change)));
        }
        return described;
    }

    private static String describe(RowChange change) {
        StringBuilder text = new StringBuilder(change.operation().toString());
        List<CapturedColumn> columns = change.table().columns();
        for (CapturedColumn column : columns) {
            text.append(' ')
                    .append(column.name())
                    .append(':')
                    .append(column.type().name());
            text.append(column.optional() ? "" : "!");
        }
        text.append(" key ");
        text.append(change.table().keyColumns().stream()
                .map(i -> columns.get(i).name())
                .toList());
        TupleData row = change.after();
        List<String> values = new ArrayList<>();
        for (int i = 0; row != null && i < row.columnCount(); i++) {
            values.add(row.kind(i) == TupleData.TEXT ? row.text(i) : "null");
        }
        return text + " = " + values;
    }
}
