package dev.walbrook.connect;

import java.util.Base64;
import java.util.HexFormat;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/**
 * How bytes are written in text: what the source says in the schema of such a column, if it tells its type, and the sink
 * reads. Nothing else tells base64 from hexadecimal.
 */
public enum BinaryText {
    BASE64("base64"),
    BASE64_URL_SAFE("base64-url-safe"),
    HEX("hex");

    private static final String PARAMETER = "__walbrook.binary";

    private final String mode;

    BinaryText(String mode) {
        this.mode = mode;
    }

    /** Says so in a schema. */
    public void describe(SchemaBuilder schema) {
        schema.parameter(PARAMETER, mode);
    }

    /** What the schema says; null if it says nothing. */
    public static @Nullable BinaryText of(Schema schema) {
        String said = schema.parameters() == null ? null : schema.parameters().get(PARAMETER);
        for (BinaryText text : values()) {
            if (text.mode.equals(said)) {
                return text;
            }
        }
        return null;
    }

    public String encode(byte[] bytes) {
        return switch (this) {
            case BASE64 -> Base64.getEncoder().encodeToString(bytes);
            case BASE64_URL_SAFE -> Base64.getUrlEncoder().encodeToString(bytes);
            case HEX -> HexFormat.of().formatHex(bytes);
        };
    }

    /** @throws IllegalArgumentException if the text is not of this kind */
    public byte[] decode(String text) {
        return switch (this) {
            case BASE64 -> Base64.getDecoder().decode(text);
            case BASE64_URL_SAFE -> Base64.getUrlDecoder().decode(text);
            case HEX -> HexFormat.of().parseHex(text);
        };
    }
}
