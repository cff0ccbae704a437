package dev.walbrook.capture;

import dev.walbrook.postgres.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which tables are captured: the meeting of a schema list and a table list, each of regular expressions that must match
 * the whole name, without regard to case, as Debezium's {@code schema.*.list} and {@code table.*.list} do.
 */
public final class TableFilter {

    // A comma that is not escaped separates expressions.
    private static final Pattern SEPARATOR = Pattern.compile("(?<!\\\\),");

    private final List<Pattern> schemas;
    private final boolean schemasIncluded;
    private final List<Pattern> tables;
    private final boolean tablesIncluded;

    /**
     * @param schemaInclude expressions on the schema's name; null or blank for all
     * @param schemaExclude expressions on the schema's name; not together with {@code schemaInclude}
     * @param tableInclude expressions on {@code schema.table}; null or blank for all
     * @param tableExclude expressions on {@code schema.table}; not together with {@code tableInclude}
     * @throws IllegalArgumentException if both lists of a kind are given or an expression is not valid
     */
    public TableFilter(
            @Nullable String schemaInclude,
            @Nullable String schemaExclude,
            @Nullable String tableInclude,
            @Nullable String tableExclude) {
        List<Pattern> includedSchemas = patterns(schemaInclude);
        List<Pattern> excludedSchemas = patterns(schemaExclude);
        List<Pattern> includedTables = patterns(tableInclude);
        List<Pattern> excludedTables = patterns(tableExclude);
        if (!includedSchemas.isEmpty() && !excludedSchemas.isEmpty()) {
            throw new IllegalArgumentException("schema.include.list and schema.exclude.list exclude each other");
        }
        if (!includedTables.isEmpty() && !excludedTables.isEmpty()) {
            throw new IllegalArgumentException("table.include.list and table.exclude.list exclude each other");
        }
        this.schemasIncluded = !includedSchemas.isEmpty();
        this.schemas = schemasIncluded ? includedSchemas : excludedSchemas;
        this.tablesIncluded = !includedTables.isEmpty();
        this.tables = tablesIncluded ? includedTables : excludedTables;
    }

    /** Whether the table is captured. */
    public boolean matches(TableId table) {
        return matchesAny(schemas, table.schema()) == schemasIncluded
                && matchesAny(tables, table.toString()) == tablesIncluded;
    }

    /**
     * The table's place among the captured ones as the user listed them: the index of the first expression of the table
     * list that includes it; 0 without such a list.
     */
    int rank(TableId table) {
        for (int i = 0; tablesIncluded && i < tables.size(); i++) {
            if (tables.get(i).matcher(table.toString()).matches()) {
                return i;
            }
        }
        return 0;
    }

    /**
     * Splits a comma-separated list of expressions; a comma inside an expression is written {@code \,}.
     *
     * @throws IllegalArgumentException if an expression is not valid
     */
    public static List<Pattern> patterns(@Nullable String list) {
        List<Pattern> patterns = new ArrayList<>();
        if (list == null) {
            return patterns;
        }
        for (String part : SEPARATOR.split(list)) {
            String expression = part.trim().replace("\\,", ",");
            if (!expression.isEmpty()) {
                try {
                    patterns.add(Pattern.compile(expression, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
                } catch (PatternSyntaxException e) {
                    throw new IllegalArgumentException(
                            "'" + expression + "' is not a regular expression: " + e.getDescription(), e);
                }
            }
        }
        return patterns;
    }

    /** Whether one of the expressions matches the whole name. */
    public static boolean matchesAny(List<Pattern> patterns, String name) {
        for (Pattern pattern : patterns) {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                return true;
            }
        }
        return false;
    }
}
