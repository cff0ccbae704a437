package dev.walbrook.connect.json;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * How values of one schema are read straight from the text: structs field by field, with no map between; whatever else there
 * is through {@link TreeValues}.
 *
 * <p>It reads what is as it should be. When anything is not, it fails, and the text must be read as a whole, which finds out
 * what counts: of two members of one name the last, for example, whatever was wrong with the first.
 *
 * <p>Not thread-safe.
 */
final class ReadPlan {

    private final Schema schema;
    private final TreeValues values;

    /** Whether values are structs and nothing takes them for something else. */
    private final boolean structs;

    private Member @Nullable [] members;
    private @Nullable LazyFields lazyFields;

    ReadPlan(Schema schema, TreeValues values) {
        this.schema = schema;
        this.values = values;
        this.structs = schema.type() == Schema.Type.STRUCT && !TreeValues.isLogical(schema);
    }

    Schema schema() {
        return schema;
    }

    /**
     * A field.
     *
     * @param name its name in quotes, as it stands in the text; null if it can be written in several ways
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    private record Member(byte @Nullable [] name, Field field, ReadPlan plan) {}

    /**
     * The value that begins here or after blanks.
     *
     * @param depth in how many objects and arrays
     * @throws DataException if it cannot be read, or not by a plan
     */
    @Nullable
    Object read(JsonParser parser, int depth) {
        return structs && parser.tokens().next() == '{'
                ? struct(parser, depth + 1)
                : values.read(schema, parser.value(depth));
    }

    /**
     * The same, with the values of a struct left in the text.
     *
     * @throws RuntimeException if it cannot be read, or not that way
     */
    @Nullable
    Object readLazily(JsonParser parser, StructScanner scanner, int depth) {
        if (!structs || parser.tokens().next() != '{') {
            return read(parser, depth);
        }
        LazyFields fields = lazyFields;
        if (fields == null) {
            fields = LazyFields.of(schema, values.settings());
            lazyFields = fields;
        }
        return scanner.scan(fields, depth);
    }

    private Struct struct(JsonParser parser, int depth) {
        JsonTokens tokens = parser.tokens();
        tokens.requireDepth(depth);
        Member[] fields = members;
        if (fields == null) {
            fields = members();
            members = fields;
        }
        @Nullable Object[] found = new @Nullable Object[fields.length];
        boolean[] seen = new boolean[fields.length];
        tokens.skip('{');
        if (!tokens.skip('}')) {
            int expected = 0;
            do {
                tokens.next();
                expected = member(parser, depth, fields, expected, found, seen);
            } while (tokens.skip(','));
            tokens.require('}');
        }
        Struct struct = new Struct(schema.schema());
        for (int i = 0; i < fields.length; i++) {
            Field field = fields[i].field;
            struct.put(field, seen[i] ? found[i] : values.read(field.schema(), null));
        }
        return struct;
    }

    /** Reads a member; returns which is expected to be the next. */
    private int member(
            JsonParser parser, int depth, Member[] fields, int expected, @Nullable Object[] found, boolean[] seen) {
        JsonTokens tokens = parser.tokens();
        int index = expected;
        byte[] name = index < fields.length ? fields[index].name : null;
        if (name == null || !tokens.skip(name)) {
            tokens.require('"');
            Field field = schema.field(tokens.name());
            index = field == null ? -1 : field.index();
        }
        tokens.require(':');
        if (index < 0) {
            parser.value(depth);
            return expected;
        }
        if (seen[index]) {
            throw tokens.failure("a member is there twice");
        }
        seen[index] = true;
        found[index] = fields[index].plan.read(parser, depth);
        return index + 1;
    }

    private Member[] members() {
        List<Field> fields = schema.fields();
        Member[] made = new Member[fields.size()];
        for (int i = 0; i < made.length; i++) {
            Field field = fields.get(i);
            made[i] = new Member(quoted(field.name()), field, new ReadPlan(field.schema(), values));
        }
        return made;
    }

    /** A name in quotes as a converter writes it; null if it can be written in several ways. */
    static byte @Nullable [] quoted(String name) {
        byte[] text = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
        boolean plain =
                name.chars().allMatch(c -> c >= ' ' && c != '"' && c != '\\' && !Character.isSurrogate((char) c));
        return plain ? text : null;
    }
}
