package dev.walbrook.connect.json;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/**
 * The fields of structs whose values are left in the text.
 *
 * @param schema the structs'
 * @param fields in the order of the schema
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
record LazyFields(Schema schema, LazyField[] fields) {

    static LazyFields of(Schema schema, ConverterSettings settings) {
        List<Field> all = schema.fields();
        LazyField[] fields = new LazyField[all.size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = LazyField.of(all.get(i), settings);
        }
        // A builder is a schema too, and not the one its structs are of.
        return new LazyFields(schema.schema(), fields);
    }
}
