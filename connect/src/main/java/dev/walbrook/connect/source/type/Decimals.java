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

    private static final String VARIABLE_SCALE_DECIMAL = "io.debezium.data.VariableScaleDecimal";

    private Decimals() {}

    static TypeMapping numeric(Representation representation, SourceType type) {
        return switch (representation.decimals()) {
            case DOUBLE -> TypeMapping.of(SchemaBuilder::float64, NumberText::parseDouble);
            case STRING ->
                TypeMapping.of(SchemaBuilder::string, Decimals::string)
                        .withForm(TextForm.FINITE_TEXT)
                        .withUnavailable(representation.unavailable().text());
            case PRECISE -> type.hasVariableScale() ? variable() : fixed(type.length(), type.scale());
        };
    }

    private static TypeMapping fixed(int precision, int scale) {
        TypeMapping mapping = TypeMapping.of(
                () -> Decimal.builder(scale).parameter("connect.decimal.precision", Integer.toString(precision)),
                (buffer, offset, length) -> {
                    BigDecimal value = finite(buffer, offset, length);
                    return value == null || value.scale() == scale
                            ? value
                            : value.setScale(scale, RoundingMode.UNNECESSARY);
                });
        // PostgreSQL writes as many digits as the scale says, unless it is negative.
        return scale < 0 ? mapping : mapping.withForm(TextForm.DECIMAL);
    }

    private static TypeMapping variable() {
        return TypeMapping.struct(Decimals::variableScale, schema -> (buffer, offset, length) -> {
            BigDecimal value = finite(buffer, offset, length);
            return value == null ? null : variable(schema, value);
        });
    }

    /** Reads a number that may be written with another scale than its column's, as a default can be. */
    static ValueDecoder withScale(ValueDecoder decoder, int scale) {
        return (buffer, offset, length) -> {
            if (NumberText.isSpecial(buffer, offset, length)) {
                return decoder.decode(buffer, offset, length);
            }
            BigDecimal value = new BigDecimal(new String(buffer, offset, length, StandardCharsets.ISO_8859_1));
            byte[] text =
                    value.setScale(scale, RoundingMode.HALF_UP).toPlainString().getBytes(StandardCharsets.ISO_8859_1);
            return decoder.decode(text, 0, text.length);
        };
    }

    static TypeMapping money(Representation representation) {
        int scale = representation.moneyScale();
        return switch (representation.decimals()) {
            case DOUBLE ->
                TypeMapping.of(SchemaBuilder::float64, (buffer, offset, length) -> NumberText.parseMoney(
                                buffer, offset, length)
                        .doubleValue());
            case STRING ->
                TypeMapping.of(
                        SchemaBuilder::string, (buffer, offset, length) -> NumberText.parseMoney(buffer, offset, length)
                                .toPlainString());
            case PRECISE ->
                TypeMapping.of(() -> Decimal.builder(scale), (buffer, offset, length) -> NumberText.parseMoney(
                                buffer, offset, length)
                        .setScale(scale, RoundingMode.HALF_UP));
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
