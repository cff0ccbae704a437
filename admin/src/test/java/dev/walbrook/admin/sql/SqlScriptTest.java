package dev.walbrook.admin.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlScriptTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE public.t OWNER TO alice | 42704 | true",
                "ALTER FUNCTION f(a int) OWNER TO \"Alice\" | 42704 | true",
                "GRANT SELECT ON t TO reader | 42704 | true",
                "REVOKE ALL ON SCHEMA public FROM reader | 42704 | true",
                "ALTER DEFAULT PRIVILEGES FOR ROLE x GRANT SELECT ON TABLES TO y | 42704 | true",
                "CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public | 0A000 | true",
                "COMMENT ON EXTENSION postgis IS 'x' | 42704 | true",
                "SET transaction_timeout = 0 | 42704 | true",
                "CREATE SCHEMA public | 42P06 | true",
                "CREATE SCHEMA sales | 42P06 | false",
                "ALTER TABLE t OWNER TO alice | 42501 | false",
                "CREATE TABLE t (g geometry) | 42704 | false",
                "CREATE TABLE t (id int) | 42P07 | false",
                "INSERT INTO t VALUES (1) | 23505 | false",
            })
    void leavesOutOnlyWhatTheDataDoNotNeed(String sql, String state, boolean bearable) {
        assertThat(SqlScript.bearable(sql, state)).isEqualTo(bearable);
    }
}
