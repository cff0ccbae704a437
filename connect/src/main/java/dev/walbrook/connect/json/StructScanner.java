package dev.walbrook.connect.json;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Passes over structs in JSON text, sees to it that nothing is wrong with them, and marks where the values of their fields
 * are. What cannot be left in the text is made.
 *
 * <p>Like {@link ReadPlan} it takes what is as it should be and fails with anything else, whereupon the text is to be read as
 * a whole. Where the text ends too early, what fails is the array.
 *
 * <p>Not thread-safe.
 */
final class StructScanner {

    /** So many digits no number is too long or too large for. */
    private static final int MAX_REAL_LENGTH = 300;

    private static final Object[] NOTHING = {};

    private final JsonTokens tokens;
    private final JsonParser parser;
    private final TreeValues values;
    private final List<@Nullable Object> made = new ArrayList<>();
    private int[] marks = new int[128];
    private int used;
    private byte[] text = {};
    private int at;
    /** What is subtracted from places, because only the text from there on is kept. */
    private int origin;

    StructScanner(JsonParser parser, TreeValues values) {
        this.tokens = parser.tokens();
        this.parser = parser;
        this.values = values;
    }

    /**
     * The struct that begins where the parser stands.
     *
     * @param depth in how many objects and arrays
     * @throws RuntimeException of any kind if it is not a struct of that schema in UTF-8, or nested too deep, or too large
     */
    JsonStruct scan(LazyFields fields, int depth) {
        text = tokens.text();
        at = tokens.position();
        if (!tokens.isUtf8() || text.length >= Marks.MAX_LENGTH) {
            throw unexpected();
        }
        // A schema before it is often several times as long as what is to be kept.
        origin = at > text.length >> 3 ? at : 0;
        used = 0;
        try {
            int block = struct(fields, depth + 1);
            tokens.position(at);
            byte[] kept = origin == 0 ? text : Arrays.copyOfRange(text, origin, at);
            Object[] objects = made.isEmpty() ? NOTHING : made.toArray();
            return new JsonStruct(fields, new Marks(kept, Arrays.copyOf(marks, used), objects), block);
        } finally {
            text = new byte[0];
            made.clear();
            if (marks.length > 1 << 16) {
                marks = new int[128];
            }
        }
    }

    private int struct(LazyFields struct, int depth) {
        tokens.requireDepth(depth);
        LazyField[] fields = struct.fields();
        int block = used;
        used += 1 + 2 * fields.length;
        if (used > marks.length) {
            marks = Arrays.copyOf(marks, Math.max(used, 2 * marks.length));
        }
        Arrays.fill(marks, block, used, Marks.NOWHERE);
        int start = at;
        at++;
        if (next() == '}') {
            at++;
        } else {
            members(struct.schema(), fields, block + 1, depth);
        }
        marks[block] = at - start;
        for (int i = 0, slot = block + 1; i < fields.length; i++, slot += 2) {
            if (marks[slot] == Marks.NOWHERE) {
                marks[slot] = absent(fields[i]);
            }
        }
        return block;
    }

    private void members(Schema schema, LazyField[] fields, int slots, int depth) {
        int expected = 0;
        while (true) {
            next();
            int index = name(schema, fields, expected);
            if (next() != ':') {
                throw unexpected();
            }
            at++;
            next();
            if (index < 0) {
                tokens.position(at);
                parser.value(depth);
                at = tokens.position();
            } else {
                int slot = slots + 2 * index;
                if (marks[slot] != Marks.NOWHERE) {
                    throw unexpected();
                }
                value(fields[index], slot, depth);
                expected = index + 1;
            }
            int c = next();
            at++;
            if (c == '}') {
                return;
            }
            if (c != ',') {
                throw unexpected();
            }
        }
    }

    /** Passes a member's name; returns the field's index, -1 if there is none. */
    private int name(Schema schema, LazyField[] fields, int expected) {
        if (expected < fields.length) {
            Word name = fields[expected].name();
            if (name != null && name.isAt(text, at)) {
                at += name.length();
                return expected;
            }
        }
        tokens.position(at);
        tokens.require('"');
        Field field = schema.field(tokens.name());
        at = tokens.position();
        return field == null ? -1 : field.index();
    }

    private void value(LazyField field, int slot, int depth) {
        byte c = text[at];
        boolean marked =
                switch (field.kind()) {
                    case STRING -> c == '"' && string(slot);
                    case INT8, INT16, INT32, INT64, DATE, TIMESTAMP -> c != 'n' && integer(slot, field.digits());
                    case FLOAT32, FLOAT64 -> c != 'n' && real(slot);
                    case BOOLEAN -> c == 't' ? word("true", slot, Marks.TRUE) : word("false", slot, Marks.FALSE);
                    case BYTES -> c == '"' && base64(slot, true);
                    case DECIMAL -> c == '"' ? base64(slot, false) : c != 'n' && real(slot);
                    case STRUCT -> c == '{' && nested(field, slot, depth);
                    case OTHER -> false;
                };
        if (!marked && !(c == 'n' && word("null", slot, absent(field)))) {
            make(field, slot, depth);
        }
    }

    private static int absent(LazyField field) {
        if (field.absent() == Marks.NOWHERE) {
            throw unexpected();
        }
        return field.absent();
    }

    private boolean nested(LazyField field, int slot, int depth) {
        LazyFields nested = field.nested();
        if (nested == null) {
            return false;
        }
        marks[slot] = Marks.STRUCT;
        marks[slot + 1] = struct(nested, depth + 1);
        return true;
    }

    private boolean word(String word, int slot, int mark) {
        for (int i = 0; i < word.length(); i++) {
            if (text[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        marks[slot] = mark;
        return true;
    }

    private boolean integer(int slot, int maxDigits) {
        int first = text[at] == '-' ? at + 1 : at;
        int i = first;
        while (text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        boolean canonical = text[first] != '0' || i - first == 1 && first == at;
        // Nanoseconds since 1970 have a digit more, but less than nine times as many as a long holds.
        boolean fits = i - first <= maxDigits
                || maxDigits == PlainNumber.LONG_DIGITS && i - first == maxDigits + 1 && text[first] < '9';
        if (i == first || !fits || !canonical || isFraction(text[i])) {
            return false;
        }
        mark(slot, Marks.INTEGER, at, i);
        at = i;
        return true;
    }

    private static boolean isFraction(byte b) {
        return b == '.' || (b | 0x20) == 'e';
    }

    private boolean real(int slot) {
        int first = text[at] == '-' ? at + 1 : at;
        int i = first;
        while (text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        if (i == first) {
            return false;
        }
        if (text[i] == '.') {
            int point = i++;
            while (text[i] >= '0' && text[i] <= '9') {
                i++;
            }
            if (i == point + 1) {
                return false;
            }
        }
        if (i - first > MAX_REAL_LENGTH || isFraction(text[i])) {
            return false;
        }
        mark(slot, Marks.REAL, at, i);
        at = i;
        return true;
    }

    /** In groups of four without anything between, the last padded. */
    private boolean base64(int slot, boolean mayBeEmpty) {
        int from = at + 1;
        int i = from;
        while (PlainNumber.isBase64(text[i])) {
            i++;
        }
        for (int padding = 0; padding < 2 && text[i] == '='; padding++) {
            i++;
        }
        int length = i - from;
        if (text[i] != '"' || length % 4 != 0 || length == 0 && !mayBeEmpty || length > JsonTokens.MAX_STRING_LENGTH) {
            return false;
        }
        mark(slot, Marks.BASE64, from, i);
        at = i + 1;
        return true;
    }

    private boolean string(int slot) {
        byte[] bytes = text;
        int from = at + 1;
        int i = from;
        int form = Marks.ASCII;
        while (true) {
            i = WordScan.special(bytes, i);
            byte b = bytes[i];
            if (b == '"') {
                break;
            }
            if (b == '\\') {
                i = Escapes.end(bytes, i);
                form = Marks.ESCAPED;
            } else if (b < 0) {
                int size = Utf8.sequence(bytes, i, bytes.length);
                i = size == 0 ? -1 : i + size;
                form = form == Marks.ASCII ? Marks.UTF8 : form;
            } else {
                i = -1;
            }
            if (i < 0) {
                throw unexpected();
            }
        }
        if (i - from > JsonTokens.MAX_STRING_LENGTH) {
            throw unexpected();
        }
        mark(slot, form, from, i);
        at = i + 1;
        return true;
    }

    private void mark(int slot, int form, int from, int to) {
        marks[slot] = form | from - origin;
        marks[slot + 1] = to - origin;
    }

    /** Makes the value that begins here. */
    private void make(LazyField field, int slot, int depth) {
        tokens.position(at);
        Schema schema = field.field().schema();
        Object value = values.read(schema, parser.value(depth));
        at = tokens.position();
        // What a struct's put does.
        ConnectSchema.validateValue(field.field().name(), schema, value);
        marks[slot] = Marks.MADE;
        marks[slot + 1] = made.size();
        made.add(value);
    }

    /** The next byte that is no blank, here or further on, which is where the scanner stands then. */
    private byte next() {
        byte b = text[at];
        while (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            b = text[++at];
        }
        return b;
    }

    private static DataException unexpected() {
        return new DataException("The text is not as it is expected.");
    }
}
