package dev.walbrook.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Avro as Apicurio's converter writes it: the data alone, and beside it in the record's headers the number of the schema. Used by
 * one thread.
 */
public final class AvroEncoding implements Encoding {

    /** Where schemas are found. */
    @FunctionalInterface
    public interface Schemas {

        /**
         * The text of a schema.
         *
         * @param kind which numbering {@code id} is of: {@code globalIds} or {@code contentIds}
         */
        String schema(String kind, long id);
    }

    private static final String[] KINDS = {"globalId", "contentId"};

    private final Schemas schemas;
    private final Map<String, GenericDatumReader<Object>> readers = new HashMap<>();

    public AvroEncoding(Schemas schemas) {
        this.schemas = schemas;
    }

    @Override
    public byte[] json(String part, byte[] bytes, Headers headers) {
        for (String kind : KINDS) {
            Header header = headers.lastHeader("apicurio." + part + "." + kind);
            if (header != null) {
                return decode(reader(kind + "s", ByteBuffer.wrap(header.value()).getLong()), bytes);
            }
        }
        throw new IllegalStateException("there is no schema for a " + part + " of " + bytes.length + " bytes");
    }

    private GenericDatumReader<Object> reader(String kind, long id) {
        return readers.computeIfAbsent(
                kind + "/" + id,
                // The names are the connectors' concern.
                key -> new GenericDatumReader<>(
                        new Schema.Parser(NameValidator.NO_VALIDATION).parse(schemas.schema(kind, id))));
    }

    private static byte[] decode(GenericDatumReader<Object> reader, byte[] bytes) {
        try {
            @Nullable Object value = reader.read(null, DecoderFactory.get().binaryDecoder(bytes, null));
            return String.valueOf(value).getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("a record is not Avro", e);
        }
    }
}
