package dev.walbrook.capture;

import dev.walbrook.postgres.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks what of each table a publication sends, so that a snapshot reads the same columns and rows. */
final class PublishedTables {

    /**
     * What is published of one table.
     *
     * @param columns the names of the columns
     * @param rowFilter the condition on its rows, as SQL with unqualified column names; null for all rows
     */
    record Published(List<String> columns, @Nullable String rowFilter) {}

    private static final String FIND =
            """
            SELECT c.oid, p.attnames, p.rowfilter
            FROM pg_catalog.pg_publication_tables p
            JOIN pg_catalog.pg_namespace n ON n.nspname = p.schemaname
            JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = p.tablename
            WHERE p.attnames IS NOT NULL AND p.pubname =\s""";

    private PublishedTables() {}

    /**
     * The tables of the publication by their object identifiers. A table it sends under another name (a partition under its
     * root's) is not among them; nor is any if the publication does not exist.
     */
    static Map<Integer, Published> of(Connection connection, String publication) throws SQLException {
        Map<Integer, Published> published = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(FIND + Sql.literal(publication))) {
            while (rows.next()) {
                String[] names = (String[]) rows.getArray(2).getArray();
                published.put((int) rows.getLong(1), new Published(List.of(names), rows.getString(3)));
            }
        }
        return published;
    }
}
