package dev.walbrook.admin.compare;

import dev.walbrook.admin.compare.ColumnNote.Kind;
import java.util.ArrayList;
import java.util.List;

/** What is to be known about columns. */
final class ColumnNotes {

    private ColumnNotes() {}

    static List<ColumnNote> of(ComparedTable source, ComparedTable sink) {
        List<ColumnNote> notes = new ArrayList<>();
        for (ComparedColumn column : source.columns().values()) {
            ComparedColumn other = sink.columns().get(column.name());
            if (other == null) {
                notes.add(new ColumnNote(column.name(), Kind.NOT_REPLICATED, reason(column)));
            } else if (!column.type().equals(other.type())) {
                notes.add(new ColumnNote(
                        column.name(),
                        Kind.OTHER_TYPE,
                        column.type() + " in the source, " + other.type() + " in the sink"));
            }
        }
        return List.copyOf(notes);
    }

    private static String reason(ComparedColumn column) {
        if (column.generated()) {
            return "a generated column is not in the WAL";
        }
        return "type " + column.type() + ", missing in the sink";
    }
}
