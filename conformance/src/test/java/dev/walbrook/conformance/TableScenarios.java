package dev.walbrook.conformance;

import static dev.walbrook.conformance.Scenario.scenario;

import java.util.List;

/** Kinds of tables: keys, partitions, generated columns, names. */
final class TableScenarios {

    private static final String ROWS_ONCE =
            "Debezium's snapshot writes the rows of a partitioned table twice, for the table and for each partition;"
                    + " Walbrook's has them once, under the name that their changes have";

    private static final String PARTITIONS =
            """
            CREATE TABLE p (id int, day date NOT NULL, v text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
            CREATE TABLE p1 PARTITION OF p FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
            CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            INSERT INTO p VALUES (1, '2024-05-01', 'a'), (2, '2025-05-01', 'b')
            """;

    private static final String[] PARTITION_CHANGES = {
        "INSERT INTO p VALUES (3, '2024-06-01', 'c'), (4, '2025-06-01', 'd')",
        "UPDATE p SET v = 'A' WHERE id = 1",
        "UPDATE p SET day = '2025-05-02' WHERE id = 1",
        "DELETE FROM p WHERE id = 2",
        "CREATE TABLE p3 PARTITION OF p FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
    };

    private TableScenarios() {}

    static List<Scenario> all() {
        return List.of(
                scenario("tables/partitions", "each partition is a table")
                        .sharing("tables")
                        .covers("partitioned table")
                        .before(PARTITIONS)
                        .then(PARTITION_CHANGES)
                        .differs("server\\..*\\.p\\[\\d+]", ROWS_ONCE)
                        .build(),
                scenario("tables/partitions-via-root", "partitions as one table")
                        .covers("partitioned table")
                        .with("publish.via.partition.root", "true")
                        .before(PARTITIONS)
                        .then(PARTITION_CHANGES)
                        .then("INSERT INTO p VALUES (5, '2026-06-01', 'in a partition that was not there')")
                        .differs("server\\..*\\.p\\d\\[\\d+]", ROWS_ONCE)
                        .build(),
                scenario("tables/partitions-via-root-filtered", "partitions as one table, named by the include list")
                        .covers("partitioned table")
                        .with("publish.via.partition.root", "true")
                        .with("publication.autocreate.mode", "filtered")
                        .with("table.include.list", "public.p")
                        .before(PARTITIONS)
                        .then(PARTITION_CHANGES)
                        .build(),
                scenario("tables/partitions-nested", "partitions of partitions")
                        .sharing("tables")
                        .covers("partitioned table")
                        .before(
                                """
                                CREATE TABLE p (a int, b int, v text, PRIMARY KEY (a, b)) PARTITION BY LIST (a);
                                CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) PARTITION BY HASH (b);
                                CREATE TABLE p1a PARTITION OF p1 FOR VALUES WITH (MODULUS 2, REMAINDER 0);
                                CREATE TABLE p1b PARTITION OF p1 FOR VALUES WITH (MODULUS 2, REMAINDER 1);
                                CREATE TABLE pd PARTITION OF p DEFAULT;
                                INSERT INTO p SELECT 1, i, 'x' FROM generate_series(1, 4) i
                                """)
                        .then("INSERT INTO p VALUES (1, 9, 'n'), (2, 1, 'd')", "UPDATE p SET v = 'u'", "DELETE FROM p")
                        .differs("server\\..*\\.p1?\\[\\d+]", ROWS_ONCE)
                        .build(),
                scenario("tables/inheritance", "inherited tables")
                        .sharing("tables")
                        .before("CREATE TABLE parent (id int PRIMARY KEY, v text);"
                                + " CREATE TABLE child (extra int) INHERITS (parent);"
                                + " ALTER TABLE child ADD PRIMARY KEY (id);"
                                + " INSERT INTO parent VALUES (1, 'p'); INSERT INTO child VALUES (2, 'c', 3)")
                        .then("INSERT INTO child VALUES (3, 'd', 4)", "UPDATE parent SET v = 'u'", "DELETE FROM parent")
                        .differs(
                                "server\\..*\\.parent.*",
                                "PostgreSQL's own SELECT of a parent returns its children's rows too; Walbrook reads each"
                                        + " table's own rows, so a snapshot has each row once")
                        .build(),
                scenario("tables/generated-columns", "generated columns are not in the stream")
                        .sharing("tables")
                        .covers("generated column")
                        .before(
                                "CREATE TABLE t (id int PRIMARY KEY, a int, b int GENERATED ALWAYS AS (a * 2) STORED, c text);"
                                        + " INSERT INTO t (id, a, c) VALUES (1, 1, 'x')")
                        .then(
                                "INSERT INTO t (id, a, c) VALUES (2, 2, 'y')",
                                "UPDATE t SET a = 5",
                                "DELETE FROM t WHERE id = 1")
                        .differs(
                                "server\\..*\\.t\\[0] .*",
                                "before PostgreSQL 18 the stream has no generated columns, so the snapshot has none either:"
                                        + " the schema would change with the first streamed row")
                        .build(),
                scenario("tables/identity-columns", "identity columns and serials")
                        .sharing("tables")
                        .covers("identity column")
                        .before(
                                """
                                CREATE TABLE a (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v text);
                                CREATE TABLE b (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, v text);
                                CREATE TABLE c (id serial PRIMARY KEY, s smallserial, b bigserial);
                                INSERT INTO a (v) VALUES ('x'); INSERT INTO b (v) VALUES ('x'); INSERT INTO c DEFAULT VALUES
                                """)
                        .then(
                                "INSERT INTO a (v) VALUES ('y')",
                                "INSERT INTO b (v) VALUES ('y')",
                                "INSERT INTO c DEFAULT VALUES")
                        .then("DELETE FROM a", "DELETE FROM b", "DELETE FROM c")
                        .build(),
                scenario("tables/defaults", "constants, expressions and functions as defaults")
                        .sharing("tables")
                        .covers("default")
                        .before(
                                """
                                CREATE TABLE t (id int PRIMARY KEY,
                                    i int DEFAULT 42, neg int DEFAULT -1, big bigint NOT NULL DEFAULT 9223372036854775807,
                                    expr int DEFAULT 1 + 1, cast_ int DEFAULT '7'::int,
                                    s text DEFAULT 'it''s', e text DEFAULT '', vc varchar(5) NOT NULL DEFAULT 'abc',
                                    ch char(4) DEFAULT 'ab', nul text DEFAULT NULL,
                                    b boolean DEFAULT true, nb boolean NOT NULL DEFAULT false,
                                    n numeric(10,2) DEFAULT 1.5, nn numeric DEFAULT 3.14, d float8 DEFAULT 2.5,
                                    ts timestamp DEFAULT now(), tz timestamptz NOT NULL DEFAULT now(),
                                    ts_c timestamp DEFAULT '2024-01-01 10:00:00', dt date DEFAULT current_date,
                                    dt_c date NOT NULL DEFAULT '2024-02-29', tm time DEFAULT '10:00', iv interval DEFAULT '1 day',
                                    u uuid DEFAULT gen_random_uuid(), nu uuid NOT NULL DEFAULT gen_random_uuid(),
                                    u_c uuid DEFAULT 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
                                    j jsonb DEFAULT '{}', jj json NOT NULL DEFAULT '{"a":1}',
                                    arr int[] DEFAULT '{1,2}', narr text[] NOT NULL DEFAULT '{}',
                                    by_ bytea DEFAULT '\\x0102', f text DEFAULT lower('ABC'), nf text NOT NULL DEFAULT md5('x'),
                                    bits bit(4) DEFAULT B'1010', o oid DEFAULT 7, m money DEFAULT 1.5,
                                    cur text DEFAULT current_user);
                                INSERT INTO t (id, ts, tz, dt, u, nu, cur) VALUES (1, '2024-01-01', '2024-01-01Z',
                                    '2024-01-01', NULL, 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'x')
                                """)
                        .then(
                                "INSERT INTO t SELECT 2, i, neg, big, expr, cast_, s, e, vc, ch, nul, b, nb, n, nn, d, ts, tz,"
                                        + " ts_c, dt, dt_c, tm, iv, u, nu, u_c, j, jj, arr, narr, by_, f, nf, bits, o, m, cur"
                                        + " FROM t",
                                "UPDATE t SET i = NULL, s = NULL, b = NULL, n = NULL, ts = NULL, u = NULL, j = NULL, arr = NULL",
                                "DELETE FROM t")
                        .build(),
                scenario("tables/names", "names with capitals, spaces, dots, umlauts and reserved words")
                        .before(
                                """
                                CREATE SCHEMA "Weird Schema";
                                CREATE TABLE "Weird Schema"."Tab le" ("Id" int PRIMARY KEY, "select" text, "a b" text, "c-d" text);
                                CREATE TABLE "with.dot" (id int PRIMARY KEY, "x.y" text);
                                CREATE TABLE "größe" ("schlüssel" int PRIMARY KEY, "straße" text);
                                CREATE TABLE "user" (id int PRIMARY KEY, "1st" text, "$money" text);
                                INSERT INTO "Weird Schema"."Tab le" VALUES (1, 'a', 'b', 'c');
                                INSERT INTO "with.dot" VALUES (1, 'a'); INSERT INTO "größe" VALUES (1, 'a');
                                INSERT INTO "user" VALUES (1, 'a', 'b')
                                """)
                        .then(
                                "UPDATE \"Weird Schema\".\"Tab le\" SET \"select\" = 'z'",
                                "UPDATE \"with.dot\" SET \"x.y\" = 'z'",
                                "UPDATE \"größe\" SET \"straße\" = 'z'",
                                "UPDATE \"user\" SET \"1st\" = 'z'",
                                "DELETE FROM \"Weird Schema\".\"Tab le\"")
                        .build(),
                scenario("tables/unlogged-and-others", "unlogged and temporary tables, views and foreign keys")
                        .sharing("tables")
                        .before(
                                """
                                CREATE UNLOGGED TABLE u (id int PRIMARY KEY); INSERT INTO u VALUES (1);
                                CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a');
                                CREATE VIEW w AS SELECT * FROM t;
                                CREATE MATERIALIZED VIEW mw AS SELECT * FROM t;
                                CREATE TABLE child (id int PRIMARY KEY, t int REFERENCES t ON DELETE CASCADE);
                                INSERT INTO child VALUES (10, 1)
                                """)
                        .then(
                                "INSERT INTO t VALUES (2, 'b')",
                                "UPDATE w SET v = 'w' WHERE id = 2",
                                "DELETE FROM t WHERE id = 1")
                        .differs(
                                "server\\..*\\.u\\[\\d+]",
                                "an unlogged table has no changes to follow, so its rows are not read either")
                        .build(),
                scenario("tables/key-types", "keys of several types and their order")
                        .sharing("tables")
                        .before(
                                """
                                CREATE TABLE a (v text, n numeric(5,2), d date, u uuid, PRIMARY KEY (u, d, n));
                                CREATE TABLE b (ts timestamptz PRIMARY KEY, v int);
                                CREATE TABLE c (x bytea PRIMARY KEY, v int);
                                CREATE TABLE d (e boolean, f smallint, PRIMARY KEY (f, e)) ;
                                INSERT INTO a VALUES ('v', 1.5, '2024-01-01', 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11')
                                """)
                        .then(
                                "UPDATE a SET v = 'w'",
                                "UPDATE a SET n = 2.5",
                                "DELETE FROM a",
                                "INSERT INTO b VALUES ('2024-01-01 10:00:00.5Z', 1)",
                                "UPDATE b SET v = 2",
                                "DELETE FROM b",
                                "INSERT INTO c VALUES ('\\x01', 1)",
                                "DELETE FROM c",
                                "INSERT INTO d VALUES (true, 1)",
                                "UPDATE d SET e = false",
                                "DELETE FROM d")
                        .build(),
                scenario("tables/unique-index-key", "no primary key, but a unique index as replica identity")
                        .sharing("tables")
                        .before("CREATE TABLE t (a int NOT NULL, b text NOT NULL, v text);"
                                + " CREATE UNIQUE INDEX t_ba ON t (b, a); ALTER TABLE t REPLICA IDENTITY USING INDEX t_ba;"
                                + " INSERT INTO t VALUES (1, 'x', 'v')")
                        .then(
                                "INSERT INTO t VALUES (2, 'y', 'v')",
                                "UPDATE t SET v = 'w'",
                                "UPDATE t SET a = 3 WHERE a = 2")
                        .then("DELETE FROM t")
                        .build(),
                scenario(
                                "tables/unique-index-no-identity",
                                "no primary key, and a unique index that is not the identity")
                        .sharing("tables")
                        .before("CREATE TABLE t (a int NOT NULL UNIQUE, v text); ALTER TABLE t REPLICA IDENTITY FULL;"
                                + " INSERT INTO t VALUES (1, 'v')")
                        .then("INSERT INTO t VALUES (2, 'v')", "UPDATE t SET v = 'w'", "DELETE FROM t WHERE a = 1")
                        .build(),
                scenario("tables/many-columns", "a table of 300 columns")
                        .sharing("tables")
                        .before(
                                "DO $$ BEGIN EXECUTE 'CREATE TABLE t (id int PRIMARY KEY, ' || (SELECT string_agg('c' || i || ' '"
                                        + " || (ARRAY['int', 'text', 'numeric(8,2)', 'timestamptz'])[1 + i % 4], ', ')"
                                        + " FROM generate_series(1, 300) i) || ')'; END $$;"
                                        + " INSERT INTO t (id, c4, c1) VALUES (1, 7, 'one')")
                        .then("INSERT INTO t (id, c8, c297) VALUES (2, 8, 'x')", "UPDATE t SET c4 = 9", "DELETE FROM t")
                        .build(),
                scenario("tables/no-columns", "tables of a key alone, and of nothing at all")
                        .before(
                                "CREATE TABLE k (id int PRIMARY KEY); CREATE TABLE nothing (); INSERT INTO k VALUES (1)")
                        .then("INSERT INTO k VALUES (2)", "INSERT INTO nothing DEFAULT VALUES", "DELETE FROM k")
                        .differs("failure", "Debezium stops at a table without columns")
                        .build(),
                scenario("tables/dropped-columns", "columns that were dropped before the start")
                        .sharing("tables")
                        .before("CREATE TABLE t (gone int, id int PRIMARY KEY, also_gone text, v text);"
                                + " ALTER TABLE t DROP gone, DROP also_gone; INSERT INTO t VALUES (1, 'a')")
                        .then("INSERT INTO t VALUES (2, 'b')", "UPDATE t SET v = 'c'", "DELETE FROM t")
                        .build(),
                scenario("tables/several-schemas", "tables of the same name in several schemas")
                        .before("CREATE SCHEMA a; CREATE SCHEMA b; CREATE TABLE a.t (id int PRIMARY KEY, v int);"
                                + " CREATE TABLE b.t (id text PRIMARY KEY); INSERT INTO a.t VALUES (1, 1)")
                        .transaction(
                                "INSERT INTO a.t VALUES (2, 2)", "INSERT INTO b.t VALUES ('x')", "UPDATE a.t SET v = 3")
                        .build());
    }
}
