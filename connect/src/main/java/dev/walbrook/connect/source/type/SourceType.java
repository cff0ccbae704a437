package dev.walbrook.connect.source.type;

import dev.walbrook.capture.CapturedColumn;
import dev.walbrook.postgres.catalog.PgType;
import java.util.Locale;
import org.apache.kafka.connect.data.SchemaBuilder;

/**
 * A column's type as the schema's parameters tell it: name, length and scale with the numbers pgjdbc's metadata gives, which
 * are those Debezium propagates.
 *
 * @param name {@code pg_type.typname}
 * @param length digits, characters or bits; {@link #UNLIMITED} for none
 * @param scale digits after the point, or of fractional seconds
 */
record SourceType(String name, int length, int scale) {

    static final int UNLIMITED = Integer.MAX_VALUE;
    /** The length of a numeric without precision: the most digits PostgreSQL keeps before the point. */
    static final int VARIABLE_SCALE_LENGTH = 131_089;

    /** What a domain is made of: a sink whose database does not have the domain makes the column of that. */
    static final String DOMAIN_BASE = "__walbrook.domain.base";

    private static final int VARIABLE_HEADER = 4;
    private static final int DEFAULT_FRACTION_DIGITS = 6;
    private static final int INTERVAL_PRECISION_MASK = 0xFFFF;

    static SourceType of(CapturedColumn column) {
        PgType type = column.type();
        int modifier = column.typeModifier();
        PgType described = column.elementType() == null ? type : column.elementType();
        return switch (described.name()) {
            case "int2" -> new SourceType(type.name(), 5, 0);
            case "int4", "oid" -> new SourceType(type.name(), 10, 0);
            case "int8" -> new SourceType(type.name(), 19, 0);
            case "float4" -> new SourceType(type.name(), 8, 8);
            case "float8" -> new SourceType(type.name(), 17, 17);
            case "bool", "char" -> new SourceType(type.name(), 1, 0);
            case "numeric" -> numeric(type, modifier);
            case "date" -> new SourceType(type.name(), 13, 0);
            case "time" -> fraction(type, modifier, 8);
            case "timetz" -> fraction(type, modifier, 14);
            case "timestamp" -> fraction(type, modifier, 22);
            case "timestamptz" -> fraction(type, modifier, 28);
            case "interval" -> interval(type, modifier);
            case "varchar", "bpchar" ->
                new SourceType(type.name(), modifier == -1 ? UNLIMITED : modifier - VARIABLE_HEADER, 0);
            case "bit" -> new SourceType(type.name(), modifier == -1 ? 1 : modifier, 0);
            case "varbit" -> new SourceType(type.name(), modifier == -1 ? UNLIMITED : modifier, 0);
            default -> new SourceType(type.name(), UNLIMITED, 0);
        };
    }

    /** Whether this is a numeric that has no declared precision and so may have any scale. */
    boolean hasVariableScale() {
        return length == VARIABLE_SCALE_LENGTH;
    }

    /** Tells the schema of the column: a domain by its own name, and what it is made of besides. */
    void describe(SchemaBuilder schema, CapturedColumn column) {
        PgType declared = column.declaredType();
        schema.parameter("__debezium.source.column.type", typeName(column).toUpperCase(Locale.ROOT));
        schema.parameter("__debezium.source.column.length", Integer.toString(length));
        schema.parameter("__debezium.source.column.scale", Integer.toString(scale));
        schema.parameter("__debezium.source.column.name", column.name());
        if (declared.kind() == PgType.Kind.DOMAIN) {
            schema.parameter(DOMAIN_BASE, name.toUpperCase(Locale.ROOT));
        }
    }

    /** An integer that a sequence fills goes by another name, as the driver's metadata has it. */
    private static String typeName(CapturedColumn column) {
        String declared = column.declaredType().name();
        String expression = column.defaultExpression();
        if (expression == null || !expression.contains("nextval(")) {
            return declared;
        }
        return switch (declared) {
            case "int2" -> "smallserial";
            case "int4" -> "serial";
            case "int8" -> "bigserial";
            default -> declared;
        };
    }

    private static SourceType numeric(PgType type, int modifier) {
        if (modifier == -1) {
            return new SourceType(type.name(), VARIABLE_SCALE_LENGTH, 0);
        }
        int packed = modifier - VARIABLE_HEADER;
        // The scale has eleven bits and a sign, since PostgreSQL 15.
        int scale = (packed & 0x7FF ^ 0x400) - 0x400;
        return new SourceType(type.name(), packed >>> 16 & 0xFFFF, scale);
    }

    private static SourceType fraction(PgType type, int modifier, int widthOfWholeSeconds) {
        int digits = modifier == -1 ? DEFAULT_FRACTION_DIGITS : modifier;
        return new SourceType(type.name(), widthOfWholeSeconds + (digits > 0 ? digits + 1 : 0), digits);
    }

    private static SourceType interval(PgType type, int modifier) {
        // An interval restricted to some fields has no precision; its 65535 is propagated as it is.
        int digits = modifier == -1 ? DEFAULT_FRACTION_DIGITS : modifier & INTERVAL_PRECISION_MASK;
        return new SourceType(type.name(), 49, digits);
    }
}
