package dev.walbrook.connect.source.type;

import dev.walbrook.capture.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** {@code message.key.columns}: which columns are the keys of which tables, instead of what identifies their rows. */
public final class MessageKeys {

    /** The columns of the tables that the expression matches, each as an expression on {@code schema.table.column}. */
    private record Entry(List<Pattern> columns) {}

    private final List<Entry> entries;

    private MessageKeys(List<Entry> entries) {
        this.entries = entries;
    }

    /**
     * @param setting entries {@code schema.table:column,column} separated by semicolons, the table a regular expression
     * @throws IllegalArgumentException if it is not that
     */
    public static MessageKeys parse(String setting) {
        List<Entry> entries = new ArrayList<>();
        for (String part : setting.split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            String[] tableAndColumns = part.trim().split(":", -1);
            if (tableAndColumns.length != 2 || tableAndColumns[0].isBlank() || tableAndColumns[1].isBlank()) {
                throw new IllegalArgumentException("'" + part.trim() + "' is not schema.table:column,column");
            }
            List<Pattern> columns = new ArrayList<>();
            for (String column : tableAndColumns[1].split(",", -1)) {
                try {
                    columns.add(Pattern.compile(
                            tableAndColumns[0].trim() + "\\." + column.trim(), Pattern.CASE_INSENSITIVE));
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException("'" + part.trim() + "' holds no regular expression", e);
                }
            }
            entries.add(new Entry(columns));
        }
        return new MessageKeys(entries);
    }

    /** The indexes of the columns that are the table's key, in the key's order. */
    public List<Integer> of(TableSchema table) {
        for (Entry entry : entries) {
            List<Integer> key = columns(entry, table);
            if (!key.isEmpty()) {
                return key;
            }
        }
        return table.keyColumns();
    }

    private static List<Integer> columns(Entry entry, TableSchema table) {
        List<Integer> key = new ArrayList<>();
        for (Pattern pattern : entry.columns()) {
            for (int i = 0; i < table.columns().size(); i++) {
                String name = table.id() + "." + table.columns().get(i).name();
                if (!key.contains(i) && pattern.matcher(name).matches()) {
                    key.add(i);
                }
            }
        }
        return key;
    }
}
