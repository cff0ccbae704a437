package dev.walbrook.capture;

import dev.walbrook.postgres.catalog.PgType;
import dev.walbrook.postgres.pgoutput.TupleData;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The labels that the enum columns of a table are known to have, in the encoding in which rows have them. */
final class KnownLabels {

    /** @param labels those of the catalog, and those of rows that the catalog did not have when it was asked */
    private record EnumColumn(int index, List<byte[]> labels) {

        boolean includes(TupleData row) {
            if (row.kind(index) != TupleData.TEXT) {
                return true;
            }
            int from = row.offset(index);
            return includes(row.buffer(), from, from + row.length(index));
        }

        private boolean includes(byte[] text, int from, int to) {
            for (byte[] label : labels) {
                if (Arrays.equals(label, 0, label.length, text, from, to)) {
                    return true;
                }
            }
            return false;
        }

        void add(byte[] label) {
            if (!includes(label, 0, label.length)) {
                labels.add(label);
            }
        }
    }

    private final List<EnumColumn> columns;

    private KnownLabels(List<EnumColumn> columns) {
        this.columns = columns;
    }

    /** @return null if the table has no column of an enum */
    static @Nullable KnownLabels of(TableSchema table) {
        List<EnumColumn> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            PgType type = table.columns().get(i).type();
            if (type.kind() == PgType.Kind.ENUM) {
                columns.add(new EnumColumn(i, labels(type)));
            }
        }
        return columns.isEmpty() ? null : new KnownLabels(columns);
    }

    boolean include(TupleData row) {
        for (EnumColumn column : columns) {
            if (!column.includes(row)) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is known after the catalog was asked because of a row.
     *
     * @param now the table with the labels of today. A label of the row may be missing there: it was renamed since. It counts
     *     as known, so that the catalog is not asked for every row that has it.
     */
    KnownLabels with(TableSchema now, TupleData row) {
        List<EnumColumn> all = new ArrayList<>();
        for (EnumColumn column : columns) {
            int index = column.index();
            EnumColumn more = new EnumColumn(index, new ArrayList<>(column.labels()));
            labels(now.columns().get(index).type()).forEach(more::add);
            if (row.kind(index) == TupleData.TEXT) {
                int from = row.offset(index);
                more.add(Arrays.copyOfRange(row.buffer(), from, from + row.length(index)));
            }
            all.add(more);
        }
        return new KnownLabels(all);
    }

    private static List<byte[]> labels(PgType type) {
        List<byte[]> labels = new ArrayList<>();
        type.labels().forEach(label -> labels.add(label.getBytes(StandardCharsets.UTF_8)));
        return labels;
    }
}
