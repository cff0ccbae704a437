package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.pgoutput.RelationMessage;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables a stream has described so far. Used by the capture thread alone.
 *
 * <p>PostgreSQL describes a table again when the table changes, but not when an enum of one of its columns gets other labels:
 * that shows only when a row comes with a label that is not known.
 */
final class Relations {

    /**
     * @param table null if the table is not captured
     * @param labels null if the table has no column of an enum
     */
    private record Described(RelationMessage message, @Nullable TableSchema table, @Nullable KnownLabels labels) {}

    private final TableFilter tables;
    private final TableSchemas schemas;
    private final Map<Integer, Described> described = new HashMap<>();

    Relations(TableFilter tables, TableSchemas schemas) {
        this.tables = tables;
        this.schemas = schemas;
    }

    void add(RelationMessage relation) {
        TableId id = new TableId(relation.namespace(), relation.name());
        TableSchema table = tables.matches(id) ? schemas.of(relation) : null;
        described.put(relation.oid(), new Described(relation, table, table == null ? null : KnownLabels.of(table)));
    }

    boolean contains(int oid) {
        return described.containsKey(oid);
    }

    /**
     * The table of a change.
     *
     * @param row the row after the change; null if there is none
     * @return null if the table is not captured or was not described
     */
    @Nullable
    TableSchema table(int oid, @Nullable TupleData row) {
        Described relation = described.get(oid);
        if (relation == null) {
            return null;
        }
        KnownLabels labels = relation.labels();
        TableSchema table = relation.table();
        if (labels == null || table == null || row == null || labels.include(row)) {
            return table;
        }
        schemas.forgetEnums(table);
        TableSchema now = schemas.of(relation.message());
        described.put(oid, new Described(relation.message(), now, labels.with(now, row)));
        return now;
    }
}
