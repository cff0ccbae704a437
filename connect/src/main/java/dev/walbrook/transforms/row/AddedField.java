package dev.walbrook.transforms.row;

import dev.walbrook.transforms.event.DerivedSchemas;
import dev.walbrook.transforms.event.Envelope;
import java.util.List;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A field of the envelope that is added to the row or to the headers: {@code op}, {@code table}, {@code source.ts_ms},
 * {@code transaction.id} or {@code op:operation} with a name of its own.
 *
 * @param struct the struct of the envelope it is in; null for the envelope itself
 * @param field its name there
 * @param target what it is called in the row or the headers
 */
public record AddedField(@Nullable String struct, String field, String target) {

    private static final List<String> ENVELOPE_FIELDS =
            List.of(Envelope.OP, Envelope.TS_MS, Envelope.TS_US, Envelope.TS_NS);
    private static final List<String> TRANSACTION_FIELDS = List.of("id", "data_collection_order", "total_order");

    /**
     * Reads an option's list.
     *
     * @throws ConfigException if an element is not understood
     */
    public static List<AddedField> parse(String option, List<String> elements, String prefix) {
        return elements.stream()
                .filter(element -> !element.isBlank())
                .map(element -> parse(option, element.trim(), prefix))
                .toList();
    }

    private static AddedField parse(String option, String element, String prefix) {
        String[] named = element.split(":");
        String[] path = named[0].split("\\.");
        if (named.length > 2 || path.length > 2 || named[0].isBlank()) {
            throw new ConfigException(
                    option, element, "must be field, struct.field or either with :newName, such as source.ts_ms:time");
        }
        String field = path[path.length - 1];
        String struct = path.length == 2 ? path[0] : structOf(field);
        String target = named.length == 2 ? named[1] : path.length == 2 ? path[0] + "_" + field : field;
        return new AddedField(struct, field, prefix + target);
    }

    private static @Nullable String structOf(String field) {
        if (ENVELOPE_FIELDS.contains(field)) {
            return null;
        }
        return TRANSACTION_FIELDS.contains(field) ? Envelope.TRANSACTION : Envelope.SOURCE;
    }

    /** Where it is in envelopes of a schema; null if they do not have it. */
    public @Nullable Place in(Schema envelope) {
        Field parent = struct == null ? null : envelope.field(struct);
        Field inStruct = parent == null || parent.schema().type() != Schema.Type.STRUCT
                ? null
                : parent.schema().field(field);
        // Another transform may have put it into the envelope itself; see HeaderToValue.
        Field found = inStruct != null ? inStruct : envelope.field(field);
        return found == null
                ? null
                : new Place(parent, found, inStruct != null, DerivedSchemas.optional(found.schema()));
    }

    /**
     * Where the field is in envelopes of one schema.
     *
     * @param parent the field of the struct it belongs to; null for the envelope
     * @param field it
     * @param inParent whether it is in the parent, otherwise it is in the envelope
     * @param schema what it has in the row or the headers: optional, for the parent may be null
     */
    public record Place(@Nullable Field parent, Field field, boolean inParent, Schema schema) {

        /** Its value in an envelope; null if that or its struct is null. */
        public @Nullable Object value(Struct envelope) {
            Struct holder = envelope;
            if (parent != null) {
                Struct struct = (Struct) envelope.get(parent);
                if (struct == null) {
                    return null;
                }
                holder = inParent ? struct : envelope;
            }
            return holder.getWithoutDefault(field.name());
        }
    }
}
