package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.ArrayList;
import java.util.List;

/** Masks, propagated types, names, keys, placeholders. */
final class RepresentationScenarios {

    private static final String PEOPLE =
            """
            CREATE TABLE people (id int PRIMARY KEY, name text, mail varchar(50), code char(8), age int NOT NULL DEFAULT 0,
                note text NOT NULL DEFAULT 'a default');
            INSERT INTO people VALUES (1, 'Ada Lovelace', 'ada@example.org', 'abc', 36, 'x'), (2, NULL, NULL, NULL, 1, '')
            """;

    private static final String[] PEOPLE_CHANGES = {
        "INSERT INTO people VALUES (3, 'Zoë 😀', 'zoe@example.org', 'abcdefgh', 5, 'a much longer note than that')",
        "UPDATE people SET name = 'Bob' WHERE id = 2",
        "DELETE FROM people WHERE id = 1",
    };

    private static final String LARGE =
            """
            CREATE TABLE large (id int PRIMARY KEY, n int, s text, c varchar, b bytea, j jsonb, js json, x xml, num numeric,
                ts text[], bs bytea[], ns int[], ls bigint[], us uuid[], fs float8[], ds date[], p path, tv tsvector);
            ALTER TABLE large ALTER s SET STORAGE EXTERNAL, ALTER c SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTERNAL,
                ALTER j SET STORAGE EXTERNAL, ALTER js SET STORAGE EXTERNAL, ALTER x SET STORAGE EXTERNAL,
                ALTER num SET STORAGE EXTERNAL, ALTER ts SET STORAGE EXTERNAL, ALTER bs SET STORAGE EXTERNAL,
                ALTER ns SET STORAGE EXTERNAL, ALTER ls SET STORAGE EXTERNAL, ALTER us SET STORAGE EXTERNAL,
                ALTER fs SET STORAGE EXTERNAL, ALTER ds SET STORAGE EXTERNAL, ALTER p SET STORAGE EXTERNAL,
                ALTER tv SET STORAGE EXTERNAL;
            """;

    private static final String LARGE_ROW =
            """
            INSERT INTO large SELECT 1, 1, repeat('s', 5000), repeat('c', 5000), decode(repeat('0f', 5000), 'hex'),
                to_jsonb(repeat('j', 5000)), to_json(repeat('j', 5000)), ('<a>' || repeat('x', 5000) || '</a>')::xml,
                repeat('9', 9000)::numeric, array_agg('t' || i), array_agg('\\x0102030405060708'::bytea), array_agg(i),
                array_agg(i::bigint), array_agg('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid), array_agg(i::float8),
                array_agg(date '2000-01-01' + i), ('[' || string_agg('(' || i || ',1)', ',') || ']')::path,
                to_tsvector('simple', string_agg('w' || i, ' '))
            FROM generate_series(1, 1500) i
            """;

    private static final String COMMENTED = ".* value-schema\\.(before|after)\\.name";
    private static final String COMMENTS =
            "a column's comment is its field's documentation; Debezium's connector accepts the property and writes none";

    private RepresentationScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(List.of(
                people("mask-chars", "strings as a number of asterisks")
                        .with("column.mask.with.12.chars", "public.people.name, public\\.people\\.mail")
                        .build(),
                people("mask-zero-chars", "strings as nothing")
                        .with("column.mask.with.0.chars", "public.people.n.*")
                        .build(),
                people("mask-hash", "strings as a hash")
                        .with("column.mask.hash.SHA-256.with.salt.CzQMA0cB5K", "public.people.name")
                        .build(),
                people("mask-hash-md5", "strings as a hash of the older kind")
                        .with("column.mask.hash.MD5.with.salt.s", "public.people.(name|mail)")
                        .build(),
                people("mask-hash-v2", "strings as a hash, version 2")
                        .with("column.mask.hash.v2.SHA-512.with.salt.CzQMA0cB5K", "public.people.(name|mail|code)")
                        .build(),
                people("truncate", "strings cut off")
                        .with("column.truncate.to.4.chars", "public.people.*")
                        .build(),
                people("truncate-several", "strings cut off at different lengths, and masked")
                        .with("column.truncate.to.2.chars", "public.people.name")
                        .with("column.truncate.to.6.chars", "public.people.mail")
                        .with("column.mask.with.3.chars", "public.people.note")
                        .build(),
                people("mask-key", "a masked key column")
                        .with("column.mask.with.3.chars", "public.people.id,public.people.age")
                        .build(),
                scenario("representation/mask-other-types", "masks and hashes of columns that are no strings")
                        .with("column.mask.with.5.chars", "public.t.(j|u|e|i|by_|arr|ts)")
                        .with("column.mask.hash.SHA-256.with.salt.x", "public.h.(j|u|e|i|by_|arr|ts)")
                        .with("column.truncate.to.3.chars", "public.c.(j|u|e|i|by_|arr|ts)")
                        .before(
                                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                                otherTypes("t"),
                                otherTypes("h"),
                                otherTypes("c"))
                        .then("UPDATE t SET i = 2", "UPDATE h SET i = 2", "UPDATE c SET i = 2")
                        .build(),
                people("propagate-columns", "types of some columns in the schema")
                        .with("column.propagate.source.type", "public.people.(name|mail|age)")
                        .build(),
                people("propagate-types", "types of columns of some types in the schema")
                        .with("datatype.propagate.source.type", ".+\\.varchar,.+\\.bpchar,.*INT4")
                        .build(),
                people("comments-off", "comments are left out")
                        .before("COMMENT ON COLUMN people.name IS 'who'; COMMENT ON TABLE people IS 'those'")
                        .build(),
                people("comments", "comments of columns in the schema")
                        .with("include.schema.comments", "true")
                        .differs(COMMENTED, COMMENTS)
                        .before("COMMENT ON COLUMN people.name IS 'who'; COMMENT ON TABLE people IS 'those'")
                        .build(),
                people("comments-propagated", "comments beside propagated types")
                        .with("include.schema.comments", "true")
                        .differs(COMMENTED, COMMENTS)
                        .with("column.propagate.source.type", ".*")
                        .before("COMMENT ON COLUMN people.name IS 'who'; COMMENT ON TABLE people IS 'those'")
                        .build(),
                people("key-columns", "a key of other columns")
                        .with("message.key.columns", "public.people:mail,name;(.*).other:a")
                        .before("CREATE TABLE other (a int, b int); INSERT INTO other VALUES (1, 2)")
                        .then("UPDATE people SET mail = 'new' WHERE id = 3", "INSERT INTO other VALUES (2, 3)")
                        .build(),
                scenario("representation/key-columns-no-key", "a key for a table without one")
                        .with("message.key.columns", "public.t:b,a")
                        .before("CREATE TABLE t (a int, b text, c int); ALTER TABLE t REPLICA IDENTITY FULL;"
                                + " INSERT INTO t VALUES (1, 'x', 1)")
                        .then("UPDATE t SET c = 2", "UPDATE t SET a = 2", "DELETE FROM t")
                        .build(),
                names("avro", "avro"),
                names("avro-unicode", "avro_unicode"),
                scenario("representation/placeholder", "values that are not in the stream have a placeholder")
                        .covers("unavailable.value.placeholder")
                        .before(LARGE, LARGE_ROW)
                        .then("UPDATE large SET n = 2", "UPDATE large SET s = 'short', n = 3", "DELETE FROM large")
                        .build(),
                scenario("representation/placeholder-own", "another placeholder")
                        .with("unavailable.value.placeholder", "gone")
                        .before(LARGE, LARGE_ROW)
                        .then("UPDATE large SET n = 2")
                        .build(),
                scenario("representation/placeholder-hex", "a placeholder of bytes")
                        .with("unavailable.value.placeholder", "hex:0a0b0c")
                        .before(LARGE, LARGE_ROW)
                        .then("UPDATE large SET n = 2")
                        .build(),
                scenario("representation/placeholder-full", "REPLICA IDENTITY FULL has the values")
                        .before(LARGE, "ALTER TABLE large REPLICA IDENTITY FULL", LARGE_ROW)
                        .then("UPDATE large SET n = 2", "UPDATE large SET s = 'short', n = 3", "DELETE FROM large")
                        .build(),
                scenario("representation/placeholder-base64", "the placeholder of bytes as text")
                        .with("binary.handling.mode", "base64")
                        .before(LARGE, LARGE_ROW)
                        .then("UPDATE large SET n = 2")
                        .differs(
                                ".* value\\.after\\.bs?",
                                "the placeholder stands for bytes as text, too; Debezium's null looks like a value")
                        .build(),
                scenario("representation/placeholder-required", "the placeholder in required columns")
                        .before(
                                "CREATE TABLE t (id int PRIMARY KEY, n int, s text NOT NULL, b bytea NOT NULL DEFAULT '\\x00');"
                                        + " ALTER TABLE t ALTER s SET STORAGE EXTERNAL, ALTER b SET STORAGE EXTERNAL;"
                                        + " INSERT INTO t VALUES (1, 1, repeat('x', 5000), decode(repeat('0f', 5000), 'hex'))")
                        .then("UPDATE t SET n = 2")
                        .build(),
                scenario(
                                "representation/toast-columns-diff",
                                "schema refresh leaves unchanged large values out of account")
                        .with("schema.refresh.mode", "columns_diff_exclude_unchanged_toast")
                        .before("CREATE TABLE t (id int PRIMARY KEY, n int, s text);"
                                + " ALTER TABLE t ALTER s SET STORAGE EXTERNAL;"
                                + " INSERT INTO t VALUES (1, 1, repeat('x', 5000))")
                        .then("UPDATE t SET n = 2", "INSERT INTO t VALUES (2, 2, 'y')")
                        .build(),
                scenario("representation/money-digits", "money with other digits")
                        .with("money.fraction.digits", "4")
                        .before(
                                "CREATE TABLE t (id int PRIMARY KEY, m money DEFAULT 2.5); INSERT INTO t VALUES (1, 1.25)")
                        .then("INSERT INTO t VALUES (2, -1234.56)")
                        .build(),
                scenario("representation/unknown-hex", "unknown types as hexadecimal text")
                        .with("include.unknown.datatypes", "true")
                        .with("binary.handling.mode", "hex")
                        .before(
                                "CREATE TYPE pair AS (a int, b text); CREATE TABLE t (id int PRIMARY KEY, p pair, l pg_lsn);"
                                        + " INSERT INTO t VALUES (1, '(1,a)', '0/7')")
                        .then("INSERT INTO t VALUES (2, '(2,b)', '0/8')")
                        .build(),
                scenario("representation/unknown-required", "a required column of an unknown type")
                        .with("include.unknown.datatypes", "true")
                        .before(
                                "CREATE TYPE pair AS (a int, b text); CREATE TABLE t (id int PRIMARY KEY, p pair NOT NULL);"
                                        + " INSERT INTO t VALUES (1, '(1,a)')")
                        .then("INSERT INTO t VALUES (2, '(2,b)')")
                        .build(),
                people("headers-off", "records without context headers")
                        .with("extended.headers.enabled", "false")
                        .build()));
        for (String mode : List.of("warn", "skip", "fail")) {
            Scenario.Builder failing = scenario(
                            "representation/failing-value-" + mode,
                            "a value that the representation cannot hold: " + mode)
                    .with("event.converting.failure.handling.mode", mode)
                    .before(
                            "CREATE TABLE t (id int PRIMARY KEY, n numeric(10,2), v text); INSERT INTO t VALUES (1, 1.5, 'a')")
                    .then("INSERT INTO t VALUES (2, 'NaN', 'b')", "INSERT INTO t VALUES (3, 3.5, 'c')");
            all.add(mode.equals("fail") ? failing.fails().build() : failing.build());
        }
        return all;
    }

    private static Scenario.Builder people(String name, String title) {
        return scenario("representation/" + name, title).before(PEOPLE).then(PEOPLE_CHANGES);
    }

    private static String otherTypes(String table) {
        return "CREATE TABLE " + table + " (id int PRIMARY KEY, j jsonb, u uuid, e mood, i int, by_ bytea, arr text[],"
                + " ts timestamptz); INSERT INTO " + table
                + " VALUES (1, '{\"a\":1}', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'happy', 1, '\\x0102', '{abcdef}',"
                + " '2024-01-01Z')";
    }

    private static Scenario names(String name, String mode) {
        return scenario("representation/names-" + name, "names adjusted for Avro: " + mode)
                .with("schema.name.adjustment.mode", mode)
                .with("field.name.adjustment.mode", mode)
                .before(
                        """
                        CREATE TABLE "odd-table" ("1st" int PRIMARY KEY, "a b" text, "c-d" int, "größe" int, "_u" int, "x.y" int);
                        CREATE TABLE "größe" (id int PRIMARY KEY, "€" text); CREATE TABLE "1t" (id int PRIMARY KEY);
                        INSERT INTO "odd-table" VALUES (1, 'a', 2, 3, 4, 5); INSERT INTO "größe" VALUES (1, 'x')
                        """)
                .then(
                        "UPDATE \"odd-table\" SET \"c-d\" = 9",
                        "UPDATE \"odd-table\" SET \"1st\" = 2",
                        "INSERT INTO \"1t\" VALUES (1)",
                        "UPDATE \"größe\" SET \"€\" = 'y'")
                .build();
    }
}
