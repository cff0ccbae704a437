package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Column;
import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.pgoutput.RelationMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes table schemas: the columns of the relation message, which is true at its place in the WAL, enriched with what only
 * the catalog knows, but only where the catalog, which is true now, still agrees.
 *
 * <p>Not thread safe.
 */
final class TableSchemas {

    private final LiveCatalog catalog;
    private final Map<Integer, PgType> types = new HashMap<>();

    TableSchemas(LiveCatalog catalog) {
        this.catalog = catalog;
    }

    /** The schema a relation message tells. */
    TableSchema of(RelationMessage relation) {
        return of(relation, catalog.table(relation.oid()));
    }

    /** Has the catalog asked again for the enums of a table's columns: their labels have changed. */
    void forgetEnums(TableSchema table) {
        for (CapturedColumn column : table.columns()) {
            if (column.type().kind() == PgType.Kind.ENUM) {
                types.remove(column.type().oid());
            }
        }
    }

    private TableSchema of(RelationMessage relation, @Nullable Table now) {
        Map<String, Column> columnsNow = new HashMap<>();
        if (now != null) {
            for (Column column : now.columns()) {
                columnsNow.put(column.name(), column);
            }
        }
        List<String> key = keyNames(relation, now);
        List<CapturedColumn> columns = new ArrayList<>(relation.columns().size());
        List<Integer> keyColumns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (RelationMessage.Column column : relation.columns()) {
            Column found = columnsNow.get(column.name());
            if (found != null
                    && (found.typeOid() != column.typeOid() || found.typeModifier() != column.typeModifier())) {
                found = null;
            }
            names.add(column.name());
            columns.add(column(
                    column.name(),
                    column.typeOid(),
                    column.typeModifier(),
                    !key.contains(column.name()) && (found == null || !found.notNull()),
                    found));
        }
        for (String name : key) {
            keyColumns.add(names.indexOf(name));
        }
        return new TableSchema(
                relation.oid(),
                new TableId(relation.namespace(), relation.name()),
                List.copyOf(columns),
                List.copyOf(keyColumns),
                relation.replicaIdentity() == 'f');
    }

    /**
     * The schema the catalog tells now, of some of a table's columns.
     *
     * @param published the names of the columns, in the table's order
     */
    TableSchema of(Table table, List<String> published) {
        List<RelationMessage.Column> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            if (published.contains(column.name())) {
                boolean inKey =
                        switch (table.replicaIdentity()) {
                            case 'f' -> true;
                            case 'i' -> table.identityIndex().contains(column.name());
                            case 'n' -> false;
                            default -> table.primaryKey().contains(column.name());
                        };
                columns.add(new RelationMessage.Column(inKey, column.name(), column.typeOid(), column.typeModifier()));
            }
        }
        RelationMessage relation = new RelationMessage(
                0, table.oid(), table.id().schema(), table.id().name(), table.replicaIdentity(), columns);
        return of(relation, table);
    }

    /**
     * The names of the columns that identify a row: the primary key where the relation message does not contradict it, else
     * the columns of the replica identity's index, else those of a unique index that could be one.
     */
    private static List<String> keyNames(RelationMessage relation, @Nullable Table now) {
        Set<String> all = new HashSet<>();
        List<String> flagged = new ArrayList<>();
        for (RelationMessage.Column column : relation.columns()) {
            all.add(column.name());
            if (column.partOfKey()) {
                flagged.add(column.name());
            }
        }
        List<String> primaryKey = now == null ? List.of() : now.primaryKey();
        List<String> uniqueKey = now != null && all.containsAll(now.uniqueKey()) ? now.uniqueKey() : List.of();
        boolean keyIsPublished = !primaryKey.isEmpty() && all.containsAll(primaryKey);
        return switch (relation.replicaIdentity()) {
            // The flags are the primary key as it was; the catalog only adds the key's own order.
            case 'd' -> {
                boolean same = flagged.size() == primaryKey.size() && flagged.containsAll(primaryKey);
                yield flagged.isEmpty() ? uniqueKey : same ? primaryKey : flagged;
            }
            case 'i' -> keyIsPublished ? primaryKey : ordered(flagged, now);
            // All columns or none are flagged: only the catalog knows the key.
            default -> keyIsPublished ? primaryKey : uniqueKey;
        };
    }

    /** The columns of the identity's index in the index's order, if the catalog still has that index. */
    private static List<String> ordered(List<String> flagged, @Nullable Table now) {
        List<String> index = now == null ? List.of() : now.identityIndex();
        return index.size() == flagged.size() && index.containsAll(flagged) ? index : flagged;
    }

    private CapturedColumn column(
            String name, int typeOid, int typeModifier, boolean optional, @Nullable Column catalogColumn) {
        PgType declared = type(typeOid);
        PgType resolved = declared;
        int modifier = typeModifier;
        while (resolved.kind() == PgType.Kind.DOMAIN) {
            modifier = resolved.baseTypeModifier();
            resolved = type(resolved.baseOid());
        }
        PgType element = resolved.kind() == PgType.Kind.ARRAY ? element(resolved) : null;
        return new CapturedColumn(
                name,
                declared,
                resolved,
                modifier,
                element,
                optional,
                catalogColumn == null ? null : catalogColumn.defaultExpression(),
                catalogColumn == null ? null : catalogColumn.comment());
    }

    /** An array's element type. A domain stays one, except over an enum, whose labels tell what the elements are. */
    private PgType element(PgType array) {
        PgType declared = type(array.elementOid());
        PgType base = declared;
        while (base.kind() == PgType.Kind.DOMAIN) {
            base = type(base.baseOid());
        }
        return base.kind() == PgType.Kind.ENUM ? base : declared;
    }

    private PgType type(int oid) {
        PgType known = types.get(oid);
        if (known == null) {
            known = catalog.type(oid);
            if (known == null) {
                // Dropped since the change was written: its values can only be passed on as what they look like.
                known = new PgType(oid, "", "unknown", PgType.Kind.PSEUDO, 0, 0, -1, List.of(), List.of());
            }
            types.put(oid, known);
        }
        return known;
    }
}
