package dev.walbrook.postgres.pgoutput;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says everything a message holds as text, so that messages with arrays and tuples can be compared. */
final class Described {

    private Described() {}

    static String describe(PgOutputMessage message) {
        if (message instanceof InsertMessage insert) {
            return "Insert " + insert.xid() + ' ' + insert.relationOid() + ' ' + describe(insert.newTuple());
        }
        if (message instanceof UpdateMessage update) {
            return "Update " + update.xid() + ' ' + update.relationOid() + ' ' + update.oldTupleKind() + ' '
                    + describe(update.oldTuple()) + ' ' + describe(update.newTuple());
        }
        if (message instanceof DeleteMessage delete) {
            return "Delete " + delete.xid() + ' ' + delete.relationOid() + ' ' + delete.oldTupleKind() + ' '
                    + describe(delete.oldTuple());
        }
        if (message instanceof LogicalMessage logical) {
            return "Message " + logical.xid() + ' ' + logical.transactional() + ' ' + logical.lsn() + ' '
                    + logical.prefix() + ' ' + Arrays.toString(logical.content());
        }
        return message.toString();
    }

    static String describe(@Nullable TupleData tuple) {
        if (tuple == null) {
            return "none";
        }
        return IntStream.range(0, tuple.columnCount())
                .mapToObj(column -> switch (tuple.kind(column)) {
                    case TupleData.NULL -> "null";
                    case TupleData.UNCHANGED -> "unchanged";
                    case TupleData.TEXT -> "text:" + tuple.text(column);
                    default ->
                        "binary:"
                                + Arrays.toString(Arrays.copyOfRange(
                                        tuple.buffer(),
                                        tuple.offset(column),
                                        tuple.offset(column) + tuple.length(column)));
                })
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
