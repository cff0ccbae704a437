package dev.walbrook.admin.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementSplitterTest {

    @Test
    void cutsAtSemicolonsAndKeepsLineNumbers() throws IOException {
        List<ScriptStatement> statements = split(
                """
                -- a comment; with a semicolon
                SELECT 1;  SELECT 2 ;

                SELECT
                  3;;
                SELECT 4""");

        assertThat(statements)
                .containsExactly(
                        new ScriptStatement.Command("SELECT 1", 2),
                        new ScriptStatement.Command("SELECT 2", 2),
                        new ScriptStatement.Command("SELECT\n  3", 4),
                        new ScriptStatement.Command("SELECT 4", 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;b'",
                "SELECT 'it''s; fine'",
                "SELECT 'back\\'",
                "SELECT E'quote \\'; inside'",
                "SELECT e'two \\\\'",
                "SELECT E'a''b;\\';'",
                "SELECT name'x\\'",
                "SELECT \"a;\"\"b;\"",
                "SELECT $$a;b$$",
                "SELECT $tag$ $$ ; $other$ ; $tag$",
                "SELECT $é$ ; $é$",
                "SELECT a$b$c, $1",
                "SELECT U&'\\0041;'",
                "SELECT 'two\nlines;'",
                "SELECT '-- no comment;'",
                "SELECT '/* no comment;'",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN true THEN 1 ELSE 2 END; END",
                "CREATE OR REPLACE PROCEDURE p()\nBEGIN ATOMIC\n INSERT INTO t VALUES ('END;');\n SELECT 1;\nEND",
                "CREATE FUNCTION g() RETURNS int LANGUAGE sql RETURN CASE WHEN 1 > 0 THEN 1 END",
                "CREATE TABLE \"end\" (\"begin\" int, atomic int)",
                "BEGIN",
                "SELECT ARRAY[1, 2][1]",
            })
    void takesAsOneStatement(String sql) throws IOException {
        List<ScriptStatement> statements = split(sql + ";\nSELECT 'next';\n");

        assertThat(statements).extracting(ScriptStatement::text).containsExactly(sql, "SELECT 'next'");
    }

    @Test
    void cutsCommentsNestedOnesToo() throws IOException {
        List<ScriptStatement> statements = split("/* a /* b; */ c; */ SELECT /* ; */ 1 -- ;\n + 2;/**/SELECT/*\n;*/3;");

        assertThat(statements)
                .extracting(statement -> statement.text().replaceAll("\\s+", " "))
                .containsExactly("SELECT 1 + 2", "SELECT 3");
    }

    @Test
    void givesTheDataOfACopyLineByLine() throws IOException {
        StatementSplitter splitter = splitter(
                """
                COPY public."a;b" (id, "from stdin") FROM stdin WITH (FORMAT text);
                1	it's; -- data
                \\N	\\\\.
                \\.

                SELECT 1;
                """);

        assertThat(splitter.next()).isInstanceOf(ScriptStatement.Copy.class);
        assertThat(splitter.nextCopyLine()).isEqualTo("1\tit's; -- data");
        assertThat(splitter.nextCopyLine()).isEqualTo("\\N\t\\\\.");
        assertThat(splitter.nextCopyLine()).isNull();
        assertThat(splitter.next()).isEqualTo(new ScriptStatement.Command("SELECT 1", 6));
        assertThat(splitter.next()).isNull();
    }

    @Test
    void tellsPsqlCommandsFromStatements() throws IOException {
        List<ScriptStatement> statements =
                split("\\restrict abc\nSELECT 1;\n\\connect other\nSELECT '\n\\connect no';\n\\unrestrict abc\n");

        assertThat(statements)
                .containsExactly(
                        new ScriptStatement.Meta("\\restrict abc", 1),
                        new ScriptStatement.Command("SELECT 1", 2),
                        new ScriptStatement.Meta("\\connect other", 3),
                        new ScriptStatement.Command("SELECT '\n\\connect no'", 4),
                        new ScriptStatement.Meta("\\unrestrict abc", 6));
    }

    @Test
    void skipsAByteOrderMark() throws IOException {
        assertThat(split("\uFEFFSELECT 1;")).containsExactly(new ScriptStatement.Command("SELECT 1", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'open", "SELECT \"open", "SELECT $x$ open", "/* open"})
    void refusesAScriptThatEndsInsideAQuote(String sql) {
        assertThatThrownBy(() -> split(sql))
                .isInstanceOf(ScriptException.class)
                .hasMessageStartingWith("the script ends inside");
    }

    private static StatementSplitter splitter(String script) {
        return new StatementSplitter(new BufferedReader(new StringReader(script)));
    }

    private static List<ScriptStatement> split(String script) throws IOException {
        StatementSplitter splitter = splitter(script);
        List<ScriptStatement> statements = new ArrayList<>();
        for (ScriptStatement next = splitter.next(); next != null; next = splitter.next()) {
            statements.add(next);
        }
        return statements;
    }
}
