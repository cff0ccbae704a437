package dev.walbrook.connect.source.type;

import dev.walbrook.postgres.codec.NumberText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The representations of numeric and money. */
final class Decimals {

    static final String VARIABLE_SCALE_DECIMAL = "io.debezium.data.VariableScaleDecimal";

    private Decimals() {}

    static SchemaBuilder schema(Representation.Decimals mode, SourceType type) {
        return switch (mode) {
            case DOUBLE -> SchemaBuilder.float64();
            case STRING -> SchemaBuilder.string();
            case PRECISE ->
                type.hasVariableScale()
                        ? variableScale()
                        : Decimal.builder(type.scale())
                                .parameter("connect.decimal.precision", Integer.toString(type.length()));
        };
    }

    /**
     * @param schema what {@link #schema} returned for the same mode and type, or its optional twin
     */
    static ValueDecoder decoder(Representation.Decimals mode, SourceType type, Schema schema) {
        return switch (mode) {
            case DOUBLE -> NumberText::parseDouble;
            case STRING -> Decimals::string;
            case PRECISE -> {
                if (type.hasVariableScale()) {
                    yield (buffer, offset, length) -> {
                        BigDecimal value = finite(buffer, offset, length);
                        return value == null ? null : variable(schema, value);
                    };
                }
                int scale = type.scale();
                yield (buffer, offset, length) -> {
                    BigDecimal value = finite(buffer, offset, length);
                    return value == null || value.scale() == scale
                            ? value
                            : value.setScale(scale, RoundingMode.UNNECESSARY);
                };
            }
        };
    }

    static SchemaBuilder moneySchema(Representation representation) {
        return switch (representation.decimals()) {
            case DOUBLE -> SchemaBuilder.float64();
            case STRING -> SchemaBuilder.string();
            case PRECISE -> Decimal.builder(representation.moneyScale());
        };
    }

    static ValueDecoder moneyDecoder(Representation representation) {
        int scale = representation.moneyScale();
        return switch (representation.decimals()) {
            case DOUBLE ->
                (buffer, offset, length) ->
                        NumberText.parseMoney(buffer, offset, length).doubleValue();
            case STRING ->
                (buffer, offset, length) ->
                        NumberText.parseMoney(buffer, offset, length).toPlainString();
            case PRECISE ->
                (buffer, offset, length) ->
                        NumberText.parseMoney(buffer, offset, length).setScale(scale, RoundingMode.HALF_UP);
        };
    }

    private static SchemaBuilder variableScale() {
        return SchemaBuilder.struct()
                .name(VARIABLE_SCALE_DECIMAL)
                .version(1)
                .doc("Variable scaled decimal")
                .field("scale", Schema.INT32_SCHEMA)
                .field("value", Schema.BYTES_SCHEMA);
    }

    private static Struct variable(Schema schema, BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() < 0) {
            stripped = stripped.setScale(0, RoundingMode.UNNECESSARY);
        }
        return new Struct(schema)
                .put("scale", stripped.scale())
                .put("value", stripped.unscaledValue().toByteArray());
    }

    /** The value; null for NaN and the infinities, which have no precise representation. */
    private static @Nullable BigDecimal finite(byte[] buffer, int offset, int length) {
        return NumberText.isSpecial(buffer, offset, length) ? null : NumberText.parseNumeric(buffer, offset, length);
    }

    private static Object string(byte[] buffer, int offset, int length) {
        if (NumberText.isSpecial(buffer, offset, length)) {
            return switch (buffer[offset]) {
                case 'N' -> "NAN";
                case '-' -> "NEGATIVE_INFINITY";
                default -> "POSITIVE_INFINITY";
            };
        }
        return new String(buffer, offset, length, StandardCharsets.ISO_8859_1);
    }
}
