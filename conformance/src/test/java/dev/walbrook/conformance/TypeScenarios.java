package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.List;

/** Every type, in every mode that changes how it looks. */
final class TypeScenarios {

    private TypeScenarios() {}

    static List<Scenario> all() {
        return List.of(
                type("boolean", "boolean", "true", "false"),
                type("smallint", "smallint", "0", "-32768", "32767"),
                type("integer", "integer", "0", "-2147483648", "2147483647"),
                type("bigint", "bigint", "0", "-9223372036854775808", "9223372036854775807"),
                type("real", "real", "0", "1.1", "-3.4028235e38"),
                type("double", "double precision", "0", "1.1", "-1.7976931348623157e308"),
                type("text", "text", "''", "'ä€😀'", "repeat('long', 50000)"),
                type("numeric-scale", "numeric(10,2)", "0", "1.5", "-99999999.99"),
                type("numeric", "numeric", "0", "1.50", "1e30", "-0.000001"),
                type("timestamp", "timestamp", "'2024-02-29 12:34:56.789012'", "'1969-12-31 23:59:59.999999'"),
                type("uuid", "uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"),
                type("jsonb", "jsonb", "'{\"b\":1,\"a\":[1,2]}'", "'null'"),
                type("bytea", "bytea", "'\\x'", "'\\x00ff'"));
    }

    private static Scenario type(String name, String type, String... literals) {
        Scenario.Builder scenario = scenario("type-" + name, type)
                .covers(type)
                .sharing("defaults")
                .before("CREATE TABLE t (id serial PRIMARY KEY, v %s)".formatted(type));
        for (String literal : literals) {
            scenario.before("INSERT INTO t (v) VALUES (%s)".formatted(literal));
        }
        scenario.before("INSERT INTO t (v) VALUES (NULL)");
        scenario.then("INSERT INTO t (v) SELECT v FROM t ORDER BY id");
        return scenario.build();
    }
}
