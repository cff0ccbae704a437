package dev.walbrook.postgres.pgoutput;

import static dev.walbrook.postgres.pgoutput.MessageBytes.message;

import dev.walbrook.postgres.Lsn;
import java.util.ArrayList;
import java.util.List;

/** A replication stream with every message a protocol version has, and what each is to be read as. */
final class SampleStream {

    static final long LSN = 0x16_B374_D848L;
    static final long END_LSN = 0xFFFF_FFFF_0000_0001L;
    static final long TIME = 1_700_000_000_123_456L;
    static final int XID = 0xFEDC_BA98;
    static final int SUB_XID = 742;

    /**
     * One message.
     *
     * @param bytes as the server sends it
     * @param expected as {@link Described} tells it
     */
    record Sample(byte[] bytes, String expected) {}

    private final boolean parallel;
    private final List<Sample> samples = new ArrayList<>();

    private SampleStream(boolean parallel) {
        this.parallel = parallel;
    }

    static List<Sample> of(int version, boolean parallel) {
        SampleStream stream = new SampleStream(parallel);
        stream.transaction();
        if (version >= 2) {
            stream.streamedTransaction();
        }
        if (version >= 3) {
            stream.preparedTransactions();
        }
        return stream.samples;
    }

    private void transaction() {
        add(
                message('B').int64(LSN).int64(postgresTime(TIME)).int32(XID),
                new BeginMessage(new Lsn(LSN), TIME, XID).toString());
        addContent(0);
        add(
                message('C').int8(0).int64(LSN).int64(END_LSN).int64(postgresTime(TIME)),
                new CommitMessage(new Lsn(LSN), new Lsn(END_LSN), TIME).toString());
        // Outside any transaction, as pg_logical_emit_message(false, …) writes it.
        add(message('M').int8(0).int64(LSN).string("").int32(0), "Message 0 false " + new Lsn(LSN) + "  []");
    }

    private void streamedTransaction() {
        for (int segment = 1; segment >= 0; segment--) {
            add(message('S').int32(XID).int8(segment), new StreamStartMessage(XID, segment == 1).toString());
            addContent(segment == 1 ? XID : SUB_XID);
            add(message('E'), new StreamStopMessage().toString());
        }
        MessageBytes abort = message('A').int32(XID).int32(SUB_XID);
        if (parallel) {
            abort.int64(LSN).int64(postgresTime(TIME));
        }
        add(
                abort,
                (parallel
                                ? new StreamAbortMessage(XID, SUB_XID, new Lsn(LSN), TIME)
                                : new StreamAbortMessage(XID, SUB_XID, null, 0))
                        .toString());
        add(
                message('c').int32(XID).int8(0).int64(LSN).int64(END_LSN).int64(postgresTime(TIME)),
                new StreamCommitMessage(XID, new Lsn(LSN), new Lsn(END_LSN), TIME).toString());
    }

    private void preparedTransactions() {
        Lsn lsn = new Lsn(LSN);
        Lsn end = new Lsn(END_LSN);
        add(prepared(message('b')), new BeginPrepareMessage(lsn, end, TIME, XID, "gid ä").toString());
        addContent(0);
        add(prepared(message('P').int8(0)), new PrepareMessage(lsn, end, TIME, XID, "gid ä").toString());
        add(prepared(message('K').int8(0)), new CommitPreparedMessage(lsn, end, TIME, XID, "gid ä").toString());
        add(
                message('r')
                        .int8(0)
                        .int64(LSN)
                        .int64(END_LSN)
                        .int64(postgresTime(TIME))
                        .int64(postgresTime(TIME + 1))
                        .int32(XID)
                        .string("gid ä"),
                new RollbackPreparedMessage(lsn, end, TIME, TIME + 1, XID, "gid ä").toString());
        add(prepared(message('p').int8(0)), new StreamPrepareMessage(lsn, end, TIME, XID, "gid ä").toString());
    }

    private static MessageBytes prepared(MessageBytes message) {
        return message.int64(LSN)
                .int64(END_LSN)
                .int64(postgresTime(TIME))
                .int32(XID)
                .string("gid ä");
    }

    /** What transactions of every kind hold. Any {@code xid} but 0 is that of a streamed transaction. */
    private void addContent(int xid) {
        add(message('O').int64(LSN).string("origin"), new OriginMessage(new Lsn(LSN), "origin").toString());
        add(
                in(xid, message('Y')).int32(99_999).string("public").string("mood"),
                new TypeMessage(xid, 99_999, "public", "mood").toString());
        add(
                in(xid, message('R'))
                        .int32(16_384)
                        .string("Größe")
                        .string("orders")
                        .int8('d')
                        .int16(2)
                        .int8(1)
                        .string("id")
                        .int32(23)
                        .int32(-1)
                        .int8(0)
                        .string("名前")
                        .int32(1043)
                        .int32(24),
                new RelationMessage(
                                xid,
                                16_384,
                                "Größe",
                                "orders",
                                'd',
                                List.of(
                                        new RelationMessage.Column(true, "id", 23, -1),
                                        new RelationMessage.Column(false, "名前", 1043, 24)))
                        .toString());
        add(
                in(xid, message('R'))
                        .int32(1)
                        .string("")
                        .string("nothing")
                        .int8('f')
                        .int16(0),
                new RelationMessage(xid, 1, "pg_catalog", "nothing", 'f', List.of()).toString());
        add(
                in(xid, message('I'))
                        .int32(16_384)
                        .int8('N')
                        .int16(4)
                        .text("42")
                        .int8('n')
                        .text("")
                        .int8('b')
                        .int32(3)
                        .raw(new byte[] {0, -1, 7}),
                "Insert " + xid + " 16384 [text:42, null, text:, binary:[0, -1, 7]]");
        add(in(xid, message('I')).int32(-1).int8('N').int16(0), "Insert " + xid + " -1 []");
        add(
                in(xid, message('U')).int32(16_384).int8('N').int16(2).text("1").int8('u'),
                "Update " + xid + " 16384 NONE none [text:1, unchanged]");
        add(
                in(xid, message('U'))
                        .int32(16_384)
                        .int8('K')
                        .int16(2)
                        .text("1")
                        .int8('n')
                        .int8('N')
                        .int16(2)
                        .text("2")
                        .text("naïve"),
                "Update " + xid + " 16384 KEY [text:1, null] [text:2, text:naïve]");
        add(
                in(xid, message('U'))
                        .int32(16_384)
                        .int8('O')
                        .int16(2)
                        .text("1")
                        .text("before")
                        .int8('N')
                        .int16(2)
                        .text("1")
                        .text("after"),
                "Update " + xid + " 16384 FULL [text:1, text:before] [text:1, text:after]");
        add(
                in(xid, message('D')).int32(16_384).int8('K').int16(2).text("1").int8('n'),
                "Delete " + xid + " 16384 KEY [text:1, null]");
        add(
                in(xid, message('D')).int32(16_384).int8('O').int16(1).text("row"),
                "Delete " + xid + " 16384 FULL [text:row]");
        for (int options = 0; options < 4; options++) {
            add(
                    in(xid, message('T')).int32(2).int8(options).int32(16_384).int32(-2),
                    new TruncateMessage(xid, (options & 1) != 0, (options & 2) != 0, List.of(16_384, -2)).toString());
        }
        add(
                in(xid, message('M'))
                        .int8(1)
                        .int64(LSN)
                        .string("prefix")
                        .int32(2)
                        .raw(new byte[] {0, -128}),
                "Message " + xid + " true " + new Lsn(LSN) + " prefix [0, -128]");
    }

    private static MessageBytes in(int xid, MessageBytes message) {
        return xid == 0 ? message : message.int32(xid);
    }

    private static long postgresTime(long micros) {
        return micros - MessageBytes.POSTGRES_EPOCH_MICROS;
    }

    private void add(MessageBytes message, String expected) {
        samples.add(new Sample(message.bytes(), expected));
    }
}
