package dev.walbrook.capture;

import dev.walbrook.postgres.Sql;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.catalog.Table;
import dev.walbrook.postgres.error.SqlErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which replica identity tables are given before they are captured, as {@code replica.identity.autoset.values} says it. */
public final class ReplicaIdentities {

    /** No table is touched. */
    public static final ReplicaIdentities NONE = new ReplicaIdentities(List.of());

    private static final Logger log = LoggerFactory.getLogger(ReplicaIdentities.class);

    private static final Pattern RULE = Pattern.compile(
            "\\s*(?<tables>[^\\s:]+):(?<identity>DEFAULT|FULL|NOTHING|INDEX\\s+(?<index>\\w+))\\s*",
            Pattern.CASE_INSENSITIVE);

    private final List<Rule> rules;

    /** @param index the index's name for identity {@code i}, else null */
    private record Rule(Pattern tables, char identity, @Nullable String index) {}

    private ReplicaIdentities(List<Rule> rules) {
        this.rules = rules;
    }

    /**
     * Reads the list.
     *
     * @param list {@code schema.table:DEFAULT|FULL|NOTHING|INDEX name}, separated by commas, the tables as regular
     *     expressions on the whole name; null or blank for none
     * @throws IllegalArgumentException if it cannot be read
     */
    public static ReplicaIdentities parse(@Nullable String list) {
        if (list == null || list.isBlank()) {
            return NONE;
        }
        List<Rule> rules = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            Matcher rule = RULE.matcher(part);
            if (!rule.matches()) {
                throw new IllegalArgumentException("'" + part.trim()
                        + "' is not of the form schema.table:DEFAULT, :FULL, :NOTHING or :INDEX name");
            }
            char identity = rule.group("identity").toLowerCase(Locale.ROOT).charAt(0);
            try {
                Pattern tables = Pattern.compile(rule.group("tables"), Pattern.CASE_INSENSITIVE);
                rules.add(new Rule(tables, identity, rule.group("index")));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException(
                        "'" + rule.group("tables") + "' is not a regular expression: " + e.getDescription(), e);
            }
        }
        return new ReplicaIdentities(List.copyOf(rules));
    }

    /** Whether no table is touched. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * Gives a table the identity of the first rule that matches it, unless it has it.
     *
     * @return whether the table was altered
     */
    boolean apply(Connection connection, Table table, String connector) {
        for (Rule rule : rules) {
            if (rule.tables().matcher(table.id().toString()).matches()) {
                // Which index identifies the rows is not worth a comparison: setting it again changes nothing.
                if (rule.identity() == table.replicaIdentity() && rule.identity() != 'i') {
                    return false;
                }
                alter(connection, table.id(), rule);
                log.info(
                        "connector={} table={} now has the replica identity that replica.identity.autoset.values gives it",
                        connector,
                        table.id());
                return true;
            }
        }
        return false;
    }

    private static void alter(Connection connection, TableId table, Rule rule) {
        String index = rule.index();
        String identity =
                switch (rule.identity()) {
                    case 'f' -> "FULL";
                    case 'n' -> "NOTHING";
                    case 'i' -> "USING INDEX " + Sql.identifier(index == null ? "" : index);
                    default -> "DEFAULT";
                };
        String sql = "ALTER TABLE " + table.toSql() + " REPLICA IDENTITY " + identity;
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw SqlErrors.translate(
                    e,
                    "cannot set the replica identity of " + table + " (replica.identity.autoset.values); tried: " + sql,
                    null,
                    Map.of("table", table.toSql()));
        }
    }
}
