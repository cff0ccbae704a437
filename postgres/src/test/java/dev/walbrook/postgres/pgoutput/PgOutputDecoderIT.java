package dev.walbrook.postgres.pgoutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PostgreSQL itself sends, in every protocol version it has. */
class PgOutputDecoderIT {

    private TestDatabase database;
    private Connection connection;
    private String slot;

    @BeforeEach
    void createSlot() throws SQLException {
        database = TestPostgres.source().createDatabase();
        connection = database.connection();
        slot = "decoder_" + database.name();
        execute("CREATE SCHEMA decoder; SET search_path = decoder");
        execute("CREATE TYPE mood AS ENUM ('sad', 'happy')");
        execute("CREATE TABLE \"Größe\" (id int PRIMARY KEY, mood mood, big text)");
        execute("ALTER TABLE \"Größe\" ALTER big SET STORAGE EXTERNAL");
        execute("CREATE TABLE whole (a int, b varchar(20)); ALTER TABLE whole REPLICA IDENTITY FULL");
        execute("CREATE PUBLICATION decoder FOR TABLE \"Größe\", whole");
        execute("SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput', false, true)");
        // The least there is: transactions of some thousand rows are streamed before they end.
        execute("SET logical_decoding_work_mem = '64kB'");
    }

    @AfterEach
    void dropSlot() throws SQLException {
        connection.close();
        database.close();
    }

    @ParameterizedTest
    @CsvSource({"1,false", "2,false", "3,false", "4,false", "4,true"})
    void readsChangesOfEveryKind(int version, boolean parallel) throws SQLException {
        assumeTrue(version < 4 || TestPostgres.version() >= 16);
        Instant before = Instant.now().minusSeconds(60);
        transaction("INSERT INTO \"Größe\" VALUES (1, 'happy', repeat('x', 10000)), (2, NULL, '')");
        transaction("UPDATE \"Größe\" SET mood = 'sad' WHERE id = 1");
        transaction("UPDATE \"Größe\" SET id = 3 WHERE id = 2");
        transaction("DELETE FROM \"Größe\" WHERE id = 3");
        transaction("INSERT INTO whole VALUES (1, 'naïve'); UPDATE whole SET a = 2; DELETE FROM whole");
        transaction("TRUNCATE \"Größe\", whole RESTART IDENTITY CASCADE");
        execute("SELECT pg_logical_emit_message(true, 'prefix', 'in ä'), pg_logical_emit_message(false, '', '')");

        List<PgOutputMessage> messages = changes(version, parallel, parallel ? "parallel" : "off");

        int table = oid("\"Größe\"");
        int whole = oid("whole");
        String x = "text:" + "x".repeat(10_000);
        assertThat(messages.stream()
                        .filter(m -> !(m instanceof BeginMessage || m instanceof CommitMessage))
                        .filter(m -> !(m instanceof LogicalMessage))
                        .map(Described::describe)
                        // The server describes a table and its types again after a change such as TRUNCATE.
                        .distinct())
                .containsExactly(
                        "TypeMessage[xid=0, oid=" + oid("mood::regtype") + ", namespace=decoder, name=mood]",
                        new RelationMessage(
                                        0,
                                        table,
                                        "decoder",
                                        "Größe",
                                        'd',
                                        List.of(
                                                new RelationMessage.Column(true, "id", 23, -1),
                                                new RelationMessage.Column(false, "mood", oid("mood::regtype"), -1),
                                                new RelationMessage.Column(false, "big", 25, -1)))
                                .toString(),
                        "Insert 0 " + table + " [text:1, text:happy, " + x + "]",
                        "Insert 0 " + table + " [text:2, null, text:]",
                        "Update 0 " + table + " NONE none [text:1, text:sad, unchanged]",
                        "Update 0 " + table + " KEY [text:2, null, null] [text:3, null, text:]",
                        "Delete 0 " + table + " KEY [text:3, null, null]",
                        new RelationMessage(
                                        0,
                                        whole,
                                        "decoder",
                                        "whole",
                                        'f',
                                        List.of(
                                                new RelationMessage.Column(true, "a", 23, -1),
                                                new RelationMessage.Column(true, "b", 1043, 24)))
                                .toString(),
                        "Insert 0 " + whole + " [text:1, text:naïve]",
                        "Update 0 " + whole + " FULL [text:1, text:naïve] [text:2, text:naïve]",
                        "Delete 0 " + whole + " FULL [text:2, text:naïve]",
                        new TruncateMessage(0, true, true, List.of(table, whole)).toString());
        assertThat(messages)
                .filteredOn(LogicalMessage.class::isInstance)
                .map(m -> ((LogicalMessage) m).transactional() + ((LogicalMessage) m).prefix())
                .containsExactlyInAnyOrder("trueprefix", "false");
        assertThat(messages)
                .filteredOn(CommitMessage.class::isInstance)
                .hasSize(7)
                .allSatisfy(m -> {
                    CommitMessage commit = (CommitMessage) m;
                    assertThat(commit.endLsn()).isGreaterThan(commit.commitLsn());
                    assertThat(Instant.ofEpochSecond(0, commit.commitTimeMicros() * 1000))
                            .isBetween(before, Instant.now().plusSeconds(60));
                });
    }

    @ParameterizedTest
    @CsvSource({"2,on", "3,on", "4,on", "4,parallel"})
    void readsStreamedTransactions(int version, String streaming) throws SQLException {
        assumeTrue(version < 4 || TestPostgres.version() >= 16);
        String many = "INSERT INTO \"Größe\" SELECT n, 'sad', n FROM generate_series(%d, %d) n;";
        transaction(many.formatted(1, 5_000)
                + "SAVEPOINT s;"
                + many.formatted(5_001, 10_000)
                + "ROLLBACK TO s;"
                + many.formatted(10_001, 15_000));

        List<PgOutputMessage> messages = changes(version, streaming.equals("parallel"), streaming);

        StreamStartMessage start = (StreamStartMessage) messages.get(0);
        assertThat(start.firstSegment()).isTrue();
        assertThat(messages).filteredOn(StreamStartMessage.class::isInstance).hasSizeGreaterThan(2);
        assertThat(messages)
                .filteredOn(InsertMessage.class::isInstance)
                .hasSizeGreaterThan(10_000)
                .allSatisfy(m -> assertThat(((InsertMessage) m).xid()).isNotZero());
        assertThat(messages)
                .filteredOn(StreamAbortMessage.class::isInstance)
                .hasSize(1)
                .allSatisfy(m -> {
                    StreamAbortMessage abort = (StreamAbortMessage) m;
                    assertThat(abort.xid()).isEqualTo(start.xid()).isNotEqualTo(abort.subtransactionXid());
                    assertThat(abort.abortLsn() != null).isEqualTo(streaming.equals("parallel"));
                });
        StreamCommitMessage commit = (StreamCommitMessage) messages.get(messages.size() - 1);
        assertThat(commit.xid()).isEqualTo(start.xid());
    }

    @Test
    void readsPreparedTransactions() throws SQLException {
        execute("BEGIN; INSERT INTO whole VALUES (1, 'a'); PREPARE TRANSACTION 'gid one'");
        execute("COMMIT PREPARED 'gid one'");
        execute("BEGIN; INSERT INTO whole VALUES (2, 'b'); PREPARE TRANSACTION 'gid two'");
        execute("ROLLBACK PREPARED 'gid two'");
        execute("BEGIN; INSERT INTO whole SELECT n, 'c' FROM generate_series(1, 10000) n;"
                + "PREPARE TRANSACTION 'gid three'");
        execute("COMMIT PREPARED 'gid three'");

        List<PgOutputMessage> messages = changes(3, false, "on");

        Predicate<PgOutputMessage> change = m -> m instanceof InsertMessage || m instanceof RelationMessage;
        assertThat(messages.stream()
                        .filter(change.negate())
                        .filter(m -> !(m instanceof StreamStartMessage || m instanceof StreamStopMessage))
                        .map(m -> m.getClass().getSimpleName() + ' ' + gid(m)))
                .containsExactly(
                        "BeginPrepareMessage gid one",
                        "PrepareMessage gid one",
                        "CommitPreparedMessage gid one",
                        "BeginPrepareMessage gid two",
                        "PrepareMessage gid two",
                        "RollbackPreparedMessage gid two",
                        "StreamPrepareMessage gid three",
                        "CommitPreparedMessage gid three");
    }

    private static String gid(PgOutputMessage message) {
        String text = message.toString();
        return text.substring(text.indexOf("gid=") + 4, text.length() - 1);
    }

    private List<PgOutputMessage> changes(int version, boolean parallel, String streaming) throws SQLException {
        String options = "'proto_version', '" + version + "', 'publication_names', 'decoder', 'messages', 'true'"
                + (version >= 2 && !streaming.equals("off") ? ", 'streaming', '" + streaming + "'" : "")
                + (version >= 3 ? ", 'two_phase', 'true'" : "");
        PgOutputDecoder decoder = new PgOutputDecoder(version, parallel);
        List<PgOutputMessage> messages = new ArrayList<>();
        String sql = "SELECT data FROM pg_logical_slot_get_binary_changes('" + slot + "', NULL, NULL, " + options + ")";
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet changes = statement.executeQuery()) {
            while (changes.next()) {
                byte[] data = changes.getBytes(1);
                messages.add(decoder.decode(data, 0, data.length));
            }
        }
        return messages;
    }

    private int oid(String name) throws SQLException {
        String expression = name.contains("::") ? "'" + name.replace("::", "'::") : "'" + name + "'::regclass";
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT " + expression + "::oid::bigint")) {
            assertThat(result.next()).isTrue();
            return (int) result.getLong(1);
        }
    }

    private void transaction(String sql) throws SQLException {
        execute("BEGIN; " + sql + "; COMMIT");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
