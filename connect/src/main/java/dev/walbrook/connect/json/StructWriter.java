package dev.walbrook.connect.json;

import dev.walbrook.connect.data.LazyStruct;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes structs of one schema; the names of its fields are kept as the bytes they become. */
final class StructWriter implements ValueWriter {

    private final Schema schema;
    private final ConverterSettings settings;
    private Member @Nullable [] members;

    /** The schema of the last struct, if it is another object that is equal; comparing schemas is expensive. */
    private @Nullable Schema equal;

    /** What the last struct was like that was like anything, and what became of it. */
    private @Nullable Object lastLikeness;

    private @Nullable JsonText lastText;

    StructWriter(Schema schema, ConverterSettings settings) {
        this.schema = schema;
        this.settings = settings;
    }

    /**
     * A field.
     *
     * @param head the comma before it, its name, and the colon
     * @param raw whether {@link Struct#get(Field)}, which need not look the name up, returns what is in the struct; it
     *     returns the default for null
     */
    private record Member(Snippet head, Field field, boolean raw, WritePlan plan, FieldWriter sink) {}

    @Override
    public void write(JsonOutput out, Object value) {
        if (!(value instanceof Struct struct)) {
            throw WritePlan.misfit(Schema.Type.STRUCT, value);
        }
        requireSchema(struct);
        Member[] written = members;
        if (written == null) {
            written = members();
            members = written;
        }
        if (struct instanceof LazyStruct lazy) {
            write(out, lazy, written);
            return;
        }
        out.open('{');
        // A class of its own may answer the one question and not the other; Kafka's converter asks by name.
        boolean plain = struct.getClass() == Struct.class;
        for (Member member : written) {
            Object part =
                    plain && member.raw ? struct.get(member.field) : struct.getWithoutDefault(member.field.name());
            out.snippet(member.head);
            member.plan.write(out, part);
        }
        out.close('}');
    }

    private void write(JsonOutput out, LazyStruct struct, Member[] written) {
        Object likeness = struct.currentLikeness();
        if (likeness == null) {
            writeMembers(out, struct, written);
            return;
        }
        JsonText text = lastText;
        if (text == null || likeness != lastLikeness) {
            JsonOutput apart = new JsonOutput();
            writeMembers(apart, struct, written);
            text = apart.toText();
            lastText = text;
            lastLikeness = likeness;
        }
        out.value(text);
    }

    private static void writeMembers(JsonOutput out, LazyStruct struct, Member[] written) {
        out.open('{');
        for (int i = 0; i < written.length; i++) {
            out.snippet(written[i].head);
            written[i].sink.write(out, struct, i);
        }
        out.close('}');
    }

    private void requireSchema(Struct struct) {
        Schema other = struct.schema();
        if (other == schema || other == equal) {
            return;
        }
        if (!other.equals(schema)) {
            throw new DataException("Mismatching schema.");
        }
        equal = other;
    }

    private Member[] members() {
        List<Field> fields = schema.fields();
        Member[] made = new Member[fields.size()];
        for (int i = 0; i < made.length; i++) {
            Field field = fields.get(i);
            JsonOutput head = new JsonOutput();
            if (i > 0) {
                head.ascii(',');
            }
            head.string(field.name());
            head.ascii(':');
            // If a default takes a null's place anyway, it may as well be the struct that does it.
            boolean raw = settings.defaults() || field.schema().defaultValue() == null;
            WritePlan plan = WritePlan.of(field.schema(), settings);
            made[i] = new Member(new Snippet(head.toBytes()), field, raw, plan, new FieldWriter(plan, settings));
        }
        return made;
    }
}
