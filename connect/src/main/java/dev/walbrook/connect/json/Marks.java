package dev.walbrook.connect.json;

import dev.walbrook.connect.data.FieldSink;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Where the values of a record's structs are in its text. Per struct there is a block: the length of its text, then two
 * numbers for each field. The first has the {@linkplain #FORM_BITS form} in its upper bits and the place in the lower ones, the
 * second is the place behind the value; or where the struct's own block begins, or which of the made values it is.
 *
 * <p>What is left in the text cannot fail any more, whatever is asked of it. Safe for any number of threads.
 */
final class Marks {

    /** How many bits of a mark are the place, so that texts up to 256 MB can be marked. */
    static final int FORM_BITS = 28;

    static final int MAX_LENGTH = 1 << FORM_BITS;

    /** The field has not been met. */
    static final int NOWHERE = 0;

    static final int NULL = 1 << FORM_BITS;

    /** The schema's default. */
    static final int DEFAULT = 2 << FORM_BITS;

    static final int TRUE = 3 << FORM_BITS;
    static final int FALSE = 4 << FORM_BITS;

    /** Digits without leading zeros, perhaps behind a minus sign, of a number that the field's type holds. */
    static final int INTEGER = 5 << FORM_BITS;

    /** A few digits, perhaps with a point between and behind a minus sign, without exponent. */
    static final int REAL = 6 << FORM_BITS;

    /** ASCII characters as they are. */
    static final int ASCII = 7 << FORM_BITS;

    /** UTF-8 characters as they are. */
    static final int UTF8 = 8 << FORM_BITS;

    /** Valid UTF-8 with valid escapes. */
    static final int ESCAPED = 9 << FORM_BITS;

    /** Valid Base64 without blanks. */
    static final int BASE64 = 10 << FORM_BITS;

    static final int STRUCT = 11 << FORM_BITS;
    static final int MADE = 12 << FORM_BITS;

    private static final int FORM = -1 << FORM_BITS;

    private final byte[] text;
    private final int[] marks;
    private final Object[] made;

    Marks(byte[] text, int[] marks, Object[] made) {
        this.text = text;
        this.marks = marks;
        this.made = made;
    }

    /** How long the text of the struct is whose block begins there. */
    int length(int block) {
        return marks[block];
    }

    /** The value of a field; null if there is none. */
    @Nullable
    Object value(int block, LazyField field) {
        int slot = slot(block, field);
        int mark = marks[slot];
        int from = mark & ~FORM;
        int to = marks[slot + 1];
        return switch (mark & FORM) {
            case DEFAULT -> field.field().schema().defaultValue();
            case TRUE -> true;
            case FALSE -> false;
            case INTEGER -> integer(field, PlainNumber.integer(text, from, to));
            case REAL -> real(field, from, to);
            case ASCII -> new String(text, from, to - from, StandardCharsets.ISO_8859_1);
            case UTF8 -> new String(text, from, to - from, StandardCharsets.UTF_8);
            case ESCAPED -> Escapes.decode(text, from, to);
            case BASE64 -> field.kind() == FieldKind.DECIMAL ? decimal(field, from, to) : bytes(from, to);
            case STRUCT -> new JsonStruct(nested(field), this, to);
            case MADE -> made[to];
            default -> null;
        };
    }

    /**
     * Hands a field's value on as it is there.
     *
     * @return false if it has to be made
     */
    boolean hand(int block, LazyField field, FieldSink sink) {
        int slot = slot(block, field);
        int mark = marks[slot];
        int from = mark & ~FORM;
        int to = marks[slot + 1];
        switch (mark & FORM) {
            case NULL -> sink.value(null);
            case TRUE -> sink.bool(true);
            case FALSE -> sink.bool(false);
            case INTEGER -> {
                if (field.kind() == FieldKind.DATE || field.kind() == FieldKind.TIMESTAMP) {
                    return false;
                }
                sink.integer(text, from, to - from);
            }
            case ASCII, UTF8 -> sink.string(text, from, to - from);
            case BASE64 -> {
                if (field.kind() != FieldKind.DECIMAL || !PlainNumber.isLong(text, from, to)) {
                    return false;
                }
                sink.decimal(PlainNumber.ofBase64(text, from, to), field.scale());
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int slot(int block, LazyField field) {
        return block + 1 + 2 * field.field().index();
    }

    private static LazyFields nested(LazyField field) {
        LazyFields nested = field.nested();
        if (nested == null) {
            throw new IllegalStateException("only structs are marked as such");
        }
        return nested;
    }

    private static Object integer(LazyField field, long number) {
        Schema schema = field.field().schema();
        return switch (field.kind()) {
            case INT8 -> (byte) number;
            case INT16 -> (short) number;
            case INT32 -> (int) number;
            case DATE -> Date.toLogical(schema, (int) number);
            case TIMESTAMP -> Timestamp.toLogical(schema, number);
            default -> number;
        };
    }

    private Object real(LazyField field, int from, int to) {
        BigDecimal number = new BigDecimal(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
        return switch (field.kind()) {
            case FLOAT32 -> number.floatValue();
            case FLOAT64 -> number.doubleValue();
            default -> number;
        };
    }

    private Object decimal(LazyField field, int from, int to) {
        return PlainNumber.isLong(text, from, to)
                ? BigDecimal.valueOf(PlainNumber.ofBase64(text, from, to), field.scale())
                : Decimal.toLogical(field.field().schema(), bytes(from, to));
    }

    private byte[] bytes(int from, int to) {
        return Base64Text.decode(new String(text, from, to - from, StandardCharsets.ISO_8859_1));
    }
}
