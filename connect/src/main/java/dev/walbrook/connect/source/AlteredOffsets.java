package dev.walbrook.connect.source;

import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.error.WalbrookException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * Judges offsets that somebody wants to store through Connect's REST interface (KIP-875) before they are stored: a wrong one
 * would lose or repeat changes without a word.
 */
final class AlteredOffsets {

    private static final Set<String> LSNS = Set.of(
            SourceOffset.LSN, SourceOffset.LSN_PROCESSED, SourceOffset.LSN_COMMIT, SourceOffset.OPEN_TRANSACTION);
    private static final Set<String> NUMBERS = Set.of(
            SourceOffset.LSN_EVENTS,
            SourceOffset.TRANSACTION_ID,
            SourceOffset.TIMESTAMP,
            SourceOffset.ORDINAL,
            SourceOffset.TIMELINE,
            SourceOffset.SEAL,
            "xmin");
    private static final Set<String> FLAGS = Set.of(SourceOffset.SNAPSHOT_COMPLETED, SourceOffset.LAST_SNAPSHOT_RECORD);
    private static final Set<String> TEXTS = Set.of(SourceOffset.MESSAGE_TYPE, SourceOffset.SYSTEM);
    private static final Set<String> SNAPSHOTS = Set.of("INITIAL", "BLOCKING", "INCREMENTAL", "TRUE", "FALSE");
    private static final Set<String> TYPES =
            Set.of("INSERT", "UPDATE", "DELETE", "TRUNCATE", "MESSAGE", "BEGIN", "COMMIT", "NOOP", "ORIGIN");

    private AlteredOffsets() {}

    /**
     * @param prefix {@code topic.prefix}
     * @param offsets offsets by partition; a null offset is removed
     * @throws ConnectException with what is wrong and what it should be
     */
    static void require(@Nullable String prefix, Map<Map<String, ?>, ? extends @Nullable Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            requirePartition(prefix, partition);
            if (offset != null) {
                requireOffset(offset);
            }
        });
    }

    private static void requirePartition(@Nullable String prefix, @Nullable Map<String, ?> partition) {
        if (partition == null
                || !partition.keySet().equals(Set.of("server"))
                || !(partition.get("server") instanceof String server)) {
            throw new ConnectException("The partition " + partition
                    + " is none of this connector. It must be {\"server\": \"" + prefix + "\"}.");
        }
        if (prefix != null && !server.equals(prefix)) {
            throw new ConnectException("The partition names server \"" + server + "\", but topic.prefix is \"" + prefix
                    + "\": the connector would not find the offset.");
        }
    }

    private static void requireOffset(Map<String, ?> offset) {
        offset.forEach((key, value) -> {
            if (LSNS.contains(key)) {
                requireLsn(key, value);
            } else if (NUMBERS.contains(key)) {
                requireNumber(key, value);
            } else if (FLAGS.contains(key)) {
                require(value instanceof Boolean, key, value, "true or false");
            } else if (key.equals(SourceOffset.SNAPSHOT)) {
                boolean known = value instanceof Boolean
                        || value instanceof String kind && SNAPSHOTS.contains(kind.toUpperCase(Locale.ROOT));
                require(known, key, value, "INITIAL, BLOCKING, INCREMENTAL, true or false");
            } else if (TEXTS.contains(key)) {
                boolean known = value instanceof String text
                        && (key.equals(SourceOffset.MESSAGE_TYPE) ? TYPES.contains(text) : isUnsigned(text));
                require(
                        known,
                        key,
                        value,
                        key.equals(SourceOffset.MESSAGE_TYPE)
                                ? "one of " + new TreeSet<>(TYPES)
                                : "a system identifier in decimal");
            } else if (!key.startsWith("transaction_") && !key.startsWith("incremental_snapshot_")) {
                throw new ConnectException(
                        "The offset has a key \"" + key + "\", which neither this connector nor Debezium"
                                + " knows. An offset needs lsn_commit, the end of the last transaction that is done, as a decimal"
                                + " number.");
            }
        });
        try {
            SourceOffset.fromMap(offset);
        } catch (WalbrookException e) {
            throw new ConnectException("The offset names no position: it has none of lsn_commit, lsn_proc and lsn.", e);
        }
    }

    private static void requireLsn(String key, @Nullable Object value) {
        if (value instanceof String text) {
            String hint = "";
            try {
                hint = ": " + Lsn.parse(text).value() + " for " + text;
            } catch (IllegalArgumentException e) {
                hint = ", which " + quoted(value) + " is not";
            }
            throw new ConnectException("The offset's " + key + " must be an LSN as a decimal number" + hint + ".");
        }
        Long whole = whole(value);
        require(whole != null && whole > 0, key, value, "an LSN as a positive decimal number");
    }

    private static void requireNumber(String key, @Nullable Object value) {
        Long whole = whole(value);
        boolean signed = key.equals(SourceOffset.SEAL);
        require(whole != null && (signed || whole >= 0), key, value, "a whole number that is not negative");
    }

    private static @Nullable Long whole(@Nullable Object value) {
        boolean whole = value instanceof Long || value instanceof Integer || value instanceof Short;
        return whole && value instanceof Number number ? number.longValue() : null;
    }

    private static boolean isUnsigned(String text) {
        try {
            return !text.isEmpty()
                    && Long.toUnsignedString(Long.parseUnsignedLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void require(boolean right, String key, @Nullable Object value, String expected) {
        if (!right) {
            throw new ConnectException(
                    "The offset's " + key + " is " + quoted(value) + "; it must be " + expected + ".");
        }
    }

    private static String quoted(@Nullable Object value) {
        return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
    }
}
