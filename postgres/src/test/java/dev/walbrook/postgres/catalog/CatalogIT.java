package dev.walbrook.postgres.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.Connections;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import dev.walbrook.postgres.TestConnections;
import dev.walbrook.postgres.replication.ReplicationConnection;
import dev.walbrook.postgres.replication.SystemIdentity;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CatalogIT {

    private static final TableId PLAIN = new TableId("public", "plain");
    private static final TableId ODD = new TableId("Übersicht", "Groß \"und\" klein");
    private static final TableId EVENTS = new TableId("public", "events");

    private static TestDatabase database;
    private static Connection connection;
    private static Catalog catalog;

    @BeforeAll
    static void start() {
        database = TestPostgres.source().createDatabase();
        database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "ALTER TYPE mood ADD VALUE 'so, so' BEFORE 'happy'",
                "CREATE DOMAIN cents AS numeric(12,2) NOT NULL CHECK (value >= 0)",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE SCHEMA \"Übersicht\"",
                """
                CREATE TABLE plain (
                  b text NOT NULL DEFAULT 'x',
                  gone int,
                  a bigint GENERATED ALWAYS AS IDENTITY,
                  price cents,
                  moods mood[],
                  twice bigint GENERATED ALWAYS AS (a * 2) STORED,
                  at timestamptz(3) DEFAULT now(),
                  PRIMARY KEY (a, b) INCLUDE (at))""",
                "ALTER TABLE plain DROP COLUMN gone",
                "COMMENT ON COLUMN plain.b IS 'the second part'",
                """
                CREATE TABLE "Übersicht"."Groß ""und"" klein" ("Straße" text NOT NULL, "a.b" int NOT NULL)""",
                """
                CREATE UNIQUE INDEX "Schlüssel" ON "Übersicht"."Groß ""und"" klein" ("a.b", "Straße")""",
                """
                ALTER TABLE "Übersicht"."Groß ""und"" klein" REPLICA IDENTITY USING INDEX "Schlüssel\"""",
                "CREATE TABLE events (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
                "CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')",
                "CREATE TABLE events_later PARTITION OF events DEFAULT",
                "CREATE TABLE nothing ()",
                "CREATE UNLOGGED TABLE scratch (id int)",
                "CREATE VIEW seen AS SELECT * FROM plain",
                "CREATE MATERIALIZED VIEW kept AS SELECT * FROM plain",
                "INSERT INTO events SELECT n, '2026-05-05' FROM generate_series(1, 1000) n",
                "INSERT INTO events SELECT n, '2028-05-05' FROM generate_series(1, 10) n",
                "ANALYZE events");
        connection = Connections.open(TestConnections.settings(database), "test");
        catalog = new Catalog(connection);
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void listsTheTablesThatCanBeCaptured() {
        assertThat(catalog.tables())
                .containsExactly(
                        EVENTS,
                        new TableId("public", "events_2026"),
                        new TableId("public", "events_later"),
                        new TableId("public", "nothing"),
                        PLAIN,
                        ODD);
    }

    @Test
    void readsColumnsAndKeys() {
        Table plain = catalog.table(PLAIN);

        int numericDomain = typeOid("cents");
        int moodArray = typeOid("_mood");
        assertThat(plain.columns())
                .containsExactly(
                        new Column("b", 1, 25, -1, "text", true, "'x'::text", false, false, "the second part"),
                        new Column("a", 3, 20, -1, "bigint", true, null, false, true, null),
                        new Column("price", 4, numericDomain, -1, "cents", true, null, false, false, null),
                        new Column("moods", 5, moodArray, -1, "mood[]", false, null, false, false, null),
                        new Column("twice", 6, 20, -1, "bigint", false, null, true, false, null),
                        new Column(
                                "at", 7, 1184, 3, "timestamp(3) with time zone", false, "now()", false, false, null));
        assertThat(plain.primaryKey()).containsExactly("a", "b");
        assertThat(plain.identityIndex()).isEmpty();
        assertThat(plain.replicaIdentity()).isEqualTo('d');
        assertThat(plain.partitioned()).isFalse();
        assertThat(catalog.table(plain.oid())).isEqualTo(plain);
    }

    @Test
    void readsNamesAsTheyAre() {
        Table odd = catalog.table(ODD);

        assertThat(odd.columns()).extracting(Column::name).containsExactly("Straße", "a.b");
        assertThat(odd.primaryKey()).isEmpty();
        assertThat(odd.replicaIdentity()).isEqualTo('i');
        assertThat(odd.identityIndex()).containsExactly("a.b", "Straße");
    }

    @Test
    void tellsPartitionedTablesAndPartitionsApart() {
        TableId partition = new TableId("public", "events_2026");

        List<Table> tables = catalog.tables(List.of(partition, EVENTS, new TableId("public", "no such")));

        assertThat(tables).extracting(Table::id).containsExactly(EVENTS, partition);
        assertThat(tables).extracting(Table::partitioned).containsExactly(true, false);
        assertThat(tables).extracting(Table::partition).containsExactly(false, true);
        assertThat(tables.get(1).primaryKey()).containsExactly("id", "day");
    }

    @Test
    void readsATableWithoutColumns() {
        assertThat(catalog.table(new TableId("public", "nothing")).columns()).isEmpty();
    }

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(catalog.table(1)).isNull();
        assertThat(catalog.table(new TableId("public", "seen"))).isNull();
        assertThat(catalog.type(1)).isNull();
        assertThat(catalog.tables(List.of())).isEmpty();
    }

    @Test
    void readsTypes() {
        Map<Integer, PgType> types = catalog.types();

        PgType mood = types.get(typeOid("mood"));
        assertThat(mood.kind()).isEqualTo(PgType.Kind.ENUM);
        assertThat(mood.labels()).containsExactly("sad", "so, so", "happy");
        assertThat(types.get(typeOid("_mood")))
                .isEqualTo(new PgType(
                        typeOid("_mood"),
                        "public",
                        "_mood",
                        PgType.Kind.ARRAY,
                        mood.oid(),
                        0,
                        -1,
                        List.of(),
                        List.of()));
        assertThat(types.get(typeOid("cents")))
                .isEqualTo(new PgType(
                        typeOid("cents"),
                        "public",
                        "cents",
                        PgType.Kind.DOMAIN,
                        0,
                        1700,
                        (12 << 16 | 2) + 4,
                        List.of(),
                        List.of()));
        assertThat(types.get(typeOid("pair")).kind()).isEqualTo(PgType.Kind.COMPOSITE);
        assertThat(types.get(typeOid("int4range")).kind()).isEqualTo(PgType.Kind.RANGE);
        assertThat(types.get(typeOid("int4multirange")).kind()).isEqualTo(PgType.Kind.MULTIRANGE);
        assertThat(types.get(typeOid("int2vector")).kind()).isEqualTo(PgType.Kind.BASE);
        assertThat(types.get(typeOid("point")).kind()).isEqualTo(PgType.Kind.BASE);
        assertThat(types.get(typeOid("_point")).kind()).isEqualTo(PgType.Kind.ARRAY);
        assertThat(types).doesNotContainKeys(typeOid("plain"), typeOid("_plain"));
        assertThat(catalog.type(typeOid("plain")).kind()).isEqualTo(PgType.Kind.COMPOSITE);
        assertThat(catalog.type(mood.oid())).isEqualTo(mood);
    }

    @Test
    void identifiesTheServerAsTheReplicationProtocolDoes() {
        ServerInfo info = catalog.server();

        SystemIdentity identity;
        try (ReplicationConnection replication =
                ReplicationConnection.open(TestConnections.settings(database), "test")) {
            identity = replication.identify();
        }
        assertThat(info)
                .isEqualTo(new ServerInfo(
                        info.version(), identity.systemId(), identity.timeline(), "logical", database.name(), false));
        assertThat(info.majorVersion()).isEqualTo(TestPostgres.version());
        assertThat(identity.database()).isEqualTo(database.name());
    }

    @Test
    void theWalPositionGrows() {
        Lsn before = catalog.currentLsn();

        database.execute("INSERT INTO plain (b, price) VALUES ('y', 1)");

        assertThat(catalog.currentLsn()).isGreaterThan(before);
        assertThat(before.isValid()).isTrue();
    }

    @Test
    void estimatesRows() {
        assertThat(catalog.estimatedRows(EVENTS)).isEqualTo(1010);
        assertThat(catalog.estimatedRows(new TableId("public", "events_2026"))).isEqualTo(1000);
        assertThat(catalog.estimatedRows(ODD)).isEqualTo(-1);
        assertThat(catalog.estimatedRows(new TableId("public", "no such"))).isEqualTo(-1);
    }

    private static int typeOid(String name) {
        return (int) Long.parseLong(database.queryString("SELECT oid FROM pg_type WHERE typname = '" + name
                + "' AND typnamespace IN ('pg_catalog'::regnamespace, 'public'::regnamespace)"));
    }
}
