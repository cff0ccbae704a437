package dev.walbrook.postgres.pgoutput;

import dev.walbrook.postgres.Lsn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Turns the bytes of {@code pgoutput} messages into messages.
 *
 * <p>All it remembers is whether it is between Stream Start and Stream Stop, where messages carry a transaction's
 * identifier. One decoder therefore reads one replication stream from its start, and is dropped with the stream or after
 * a {@link MalformedMessageException}. Not safe for several threads at once.
 */
public final class PgOutputDecoder {

    /** {@code LOGICALREP_IS_REPLICA_IDENTITY} of PostgreSQL's {@code logicalproto.h}; other bits are not in use. */
    private static final int COLUMN_IN_KEY = 1;

    private static final int TRANSACTIONAL = 1;
    private static final int TRUNCATE_CASCADE = 1;
    private static final int TRUNCATE_RESTART_IDENTITY = 2;

    private static final int STREAMING_VERSION = 2;
    private static final int TWO_PHASE_VERSION = 3;
    private static final int PARALLEL_VERSION = 4;

    private final int protocolVersion;
    private final boolean parallel;
    private final MessageReader in = new MessageReader();
    private boolean inStreamBlock;

    /**
     * @param protocolVersion the option {@code proto_version} that replication was started with, 1 to 4
     * @param parallel whether it was started with {@code streaming 'parallel'}, which needs version 4
     * @throws IllegalArgumentException if there is no such version, or it has no parallel streaming
     */
    public PgOutputDecoder(int protocolVersion, boolean parallel) {
        if (protocolVersion < 1 || protocolVersion > PARALLEL_VERSION) {
            throw new IllegalArgumentException("no pgoutput protocol version from 1 to 4: " + protocolVersion);
        }
        if (parallel && protocolVersion < PARALLEL_VERSION) {
            throw new IllegalArgumentException(
                    "parallel streaming needs pgoutput protocol version 4, not " + protocolVersion);
        }
        this.protocolVersion = protocolVersion;
        this.parallel = parallel;
    }

    /**
     * Reads one message.
     *
     * @param buffer where it is; its tuples go on using the array, so nobody may change it afterwards
     * @param offset where it starts
     * @param length its length in bytes
     * @throws MalformedMessageException if these bytes are no message of the protocol, or none that may come here
     * @throws IndexOutOfBoundsException if the buffer does not reach that far
     */
    public PgOutputMessage decode(byte[] buffer, int offset, int length) {
        in.reset(buffer, offset, length);
        byte type = in.int8("a message's type");
        // The messages of every row and transaction in a switch small enough to be inlined; the others apart.
        PgOutputMessage message =
                switch (type) {
                    case 'I' -> insert();
                    case 'U' -> update();
                    case 'D' -> delete();
                    case 'B' -> begin();
                    case 'C' -> commit();
                    default -> rareMessage(type);
                };
        in.expectEnd();
        if (message instanceof StreamStartMessage) {
            inStreamBlock = true;
        } else if (message instanceof StreamStopMessage) {
            inStreamBlock = false;
        }
        return message;
    }

    private PgOutputMessage rareMessage(byte type) {
        return switch (type) {
            case 'R' -> relation();
            case 'Y' -> type();
            case 'T' -> truncate();
            case 'M' -> logicalMessage();
            case 'O' -> origin();
            case 'S' -> streamStart();
            case 'E' -> streamStop();
            case 'c' -> streamCommit();
            case 'A' -> streamAbort();
            case 'b' -> beginPrepare();
            case 'P' -> prepare();
            case 'K' -> commitPrepared();
            case 'r' -> rollbackPrepared();
            case 'p' -> streamPrepare();
            default -> throw in.malformedLast("a message's type known to protocol version " + protocolVersion);
        };
    }

    // Transactions

    private BeginMessage begin() {
        in.messageType("Begin");
        requireOutsideStream();
        return new BeginMessage(
                in.lsn("int64 final LSN"), in.timestamp("int64 commit time"), in.int32("int32 transaction id"));
    }

    private CommitMessage commit() {
        in.messageType("Commit");
        requireOutsideStream();
        noFlags();
        return new CommitMessage(
                in.lsn("int64 commit LSN"), in.lsn("int64 end LSN"), in.timestamp("int64 commit time"));
    }

    private OriginMessage origin() {
        // The only message that has no transaction id inside a stream block either.
        in.messageType("Origin");
        return new OriginMessage(in.lsn("int64 commit LSN"), in.string("origin name"));
    }

    private LogicalMessage logicalMessage() {
        in.messageType("Message");
        int xid = streamedXid();
        boolean transactional = (in.int8("int8 flags") & TRANSACTIONAL) != 0;
        Lsn lsn = in.lsn("int64 LSN");
        String prefix = in.string("prefix");
        byte[] content = in.bytes(in.int32("int32 content length"), "content");
        return new LogicalMessage(xid, transactional, lsn, prefix, content);
    }

    // Descriptions

    private RelationMessage relation() {
        in.messageType("Relation");
        int xid = streamedXid();
        int oid = in.int32("int32 relation OID");
        String namespace = in.string("namespace");
        String name = in.string("relation name");
        char replicaIdentity = (char) in.int8("int8 replica identity");
        if ("dnfi".indexOf(replicaIdentity) < 0) {
            throw in.malformedLast("replica identity d, n, f or i");
        }
        // A column takes a flag, a name's zero byte, an OID and a modifier.
        int count = in.checkedCount(in.int16("int16 number of columns"), 2, 1 + 1 + 4 + 4, "columns");
        List<RelationMessage.Column> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            boolean partOfKey = (in.int8("int8 column flags") & COLUMN_IN_KEY) != 0;
            columns.add(new RelationMessage.Column(
                    partOfKey, in.string("column name"), in.int32("int32 type OID"), in.int32("int32 type modifier")));
        }
        return new RelationMessage(
                xid,
                oid,
                namespace.isEmpty() ? "pg_catalog" : namespace,
                name,
                replicaIdentity,
                Collections.unmodifiableList(columns));
    }

    private TypeMessage type() {
        in.messageType("Type");
        return new TypeMessage(
                streamedXid(), in.int32("int32 type OID"), in.string("namespace"), in.string("type name"));
    }

    // Changes

    private InsertMessage insert() {
        in.messageType("Insert");
        int xid = streamedXid();
        int relationOid = in.int32("int32 relation OID");
        in.expect('N', "N for a new tuple");
        return new InsertMessage(xid, relationOid, tuple());
    }

    private UpdateMessage update() {
        in.messageType("Update");
        int xid = streamedXid();
        int relationOid = in.int32("int32 relation OID");
        return switch (in.int8("K, O or N for a tuple")) {
            case 'N' -> new UpdateMessage(xid, relationOid, OldTupleKind.NONE, null, tuple());
            case 'K' -> updateWithOldTuple(xid, relationOid, OldTupleKind.KEY);
            case 'O' -> updateWithOldTuple(xid, relationOid, OldTupleKind.FULL);
            default -> throw in.malformedLast("K, O or N for a tuple");
        };
    }

    private UpdateMessage updateWithOldTuple(int xid, int relationOid, OldTupleKind kind) {
        TupleData oldTuple = tuple();
        in.expect('N', "N for a new tuple");
        return new UpdateMessage(xid, relationOid, kind, oldTuple, tuple());
    }

    private DeleteMessage delete() {
        in.messageType("Delete");
        int xid = streamedXid();
        int relationOid = in.int32("int32 relation OID");
        return switch (in.int8("K or O for an old tuple")) {
            case 'K' -> new DeleteMessage(xid, relationOid, OldTupleKind.KEY, tuple());
            case 'O' -> new DeleteMessage(xid, relationOid, OldTupleKind.FULL, tuple());
            default -> throw in.malformedLast("K or O for an old tuple");
        };
    }

    private TupleData tuple() {
        int count = in.checkedCount(in.int16("int16 number of columns"), 2, 1, "columns");
        byte[] kinds = new byte[count];
        int[] spans = new int[2 * count];
        for (int i = 0; i < count; i++) {
            byte kind = in.int8("n, u, t or b for a column");
            kinds[i] = kind;
            switch (kind) {
                case TupleData.TEXT, TupleData.BINARY -> {
                    int length = in.int32("int32 length of a column's value");
                    spans[2 * i] = in.position();
                    spans[2 * i + 1] = length;
                    in.skip(length, "a column's value");
                }
                case TupleData.NULL, TupleData.UNCHANGED -> {
                    // Nothing follows.
                }
                default -> throw in.malformedLast("n, u, t or b for a column");
            }
        }
        return new TupleData(in.buffer(), kinds, spans);
    }

    private TruncateMessage truncate() {
        in.messageType("Truncate");
        int xid = streamedXid();
        int count = in.int32("int32 number of relations");
        int options = in.int8("int8 options");
        if (count < 0 || count > in.remaining() / Integer.BYTES) {
            throw in.malformed("as many relation OIDs as announced");
        }
        List<Integer> relationOids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            relationOids.add(in.int32("int32 relation OID"));
        }
        return new TruncateMessage(
                xid,
                (options & TRUNCATE_CASCADE) != 0,
                (options & TRUNCATE_RESTART_IDENTITY) != 0,
                Collections.unmodifiableList(relationOids));
    }

    // Streamed transactions, protocol version 2

    private StreamStartMessage streamStart() {
        enter("Stream Start", STREAMING_VERSION);
        requireOutsideStream();
        int xid = validXid();
        byte first = in.int8("int8 first segment");
        if (first != 0 && first != 1) {
            throw in.malformedLast("0 or 1 for the first segment");
        }
        return new StreamStartMessage(xid, first == 1);
    }

    private StreamStopMessage streamStop() {
        enter("Stream Stop", STREAMING_VERSION);
        if (!inStreamBlock) {
            throw in.malformedLast("a Stream Start message before this message");
        }
        return new StreamStopMessage();
    }

    private StreamCommitMessage streamCommit() {
        enter("Stream Commit", STREAMING_VERSION);
        requireOutsideStream();
        int xid = validXid();
        noFlags();
        return new StreamCommitMessage(
                xid, in.lsn("int64 commit LSN"), in.lsn("int64 end LSN"), in.timestamp("int64 commit time"));
    }

    private StreamAbortMessage streamAbort() {
        enter("Stream Abort", STREAMING_VERSION);
        requireOutsideStream();
        int xid = validXid();
        int subtransactionXid = validXid();
        return parallel
                ? new StreamAbortMessage(
                        xid, subtransactionXid, in.lsn("int64 abort LSN"), in.timestamp("int64 abort time"))
                : new StreamAbortMessage(xid, subtransactionXid, null, 0);
    }

    // Two-phase commit, protocol version 3

    private BeginPrepareMessage beginPrepare() {
        enter("Begin Prepare", TWO_PHASE_VERSION);
        requireOutsideStream();
        return new BeginPrepareMessage(
                in.lsn("int64 prepare LSN"),
                in.lsn("int64 end LSN"),
                in.timestamp("int64 prepare time"),
                in.int32("int32 transaction id"),
                in.string("global id"));
    }

    private PrepareMessage prepare() {
        enter("Prepare", TWO_PHASE_VERSION);
        requireOutsideStream();
        noFlags();
        return new PrepareMessage(
                in.lsn("int64 prepare LSN"),
                in.lsn("int64 end LSN"),
                in.timestamp("int64 prepare time"),
                in.int32("int32 transaction id"),
                in.string("global id"));
    }

    private CommitPreparedMessage commitPrepared() {
        enter("Commit Prepared", TWO_PHASE_VERSION);
        requireOutsideStream();
        noFlags();
        return new CommitPreparedMessage(
                in.lsn("int64 commit LSN"),
                in.lsn("int64 end LSN"),
                in.timestamp("int64 commit time"),
                in.int32("int32 transaction id"),
                in.string("global id"));
    }

    private RollbackPreparedMessage rollbackPrepared() {
        enter("Rollback Prepared", TWO_PHASE_VERSION);
        requireOutsideStream();
        noFlags();
        return new RollbackPreparedMessage(
                in.lsn("int64 prepare end LSN"),
                in.lsn("int64 rollback end LSN"),
                in.timestamp("int64 prepare time"),
                in.timestamp("int64 rollback time"),
                in.int32("int32 transaction id"),
                in.string("global id"));
    }

    private StreamPrepareMessage streamPrepare() {
        enter("Stream Prepare", TWO_PHASE_VERSION);
        requireOutsideStream();
        noFlags();
        return new StreamPrepareMessage(
                in.lsn("int64 prepare LSN"),
                in.lsn("int64 end LSN"),
                in.timestamp("int64 prepare time"),
                in.int32("int32 transaction id"),
                in.string("global id"));
    }

    // Rules common to several messages

    private void enter(String messageType, int sinceVersion) {
        in.messageType(messageType);
        if (protocolVersion < sinceVersion) {
            throw in.malformedLast("a message's type known to protocol version " + protocolVersion);
        }
    }

    private void requireOutsideStream() {
        if (inStreamBlock) {
            throw in.malformedLast("a Stream Stop message before this message");
        }
    }

    /** The transaction id that changes and descriptions carry inside a stream block only; 0 outside. */
    private int streamedXid() {
        return inStreamBlock ? validXid() : 0;
    }

    private int validXid() {
        int xid = in.int32("int32 transaction id");
        if (xid == 0) {
            throw in.malformed("a transaction id other than 0 before this");
        }
        return xid;
    }

    /** The protocol has a byte of flags here of which none is defined; PostgreSQL's own reader refuses any other. */
    private void noFlags() {
        in.expect(0, "int8 flags, 0");
    }
}
