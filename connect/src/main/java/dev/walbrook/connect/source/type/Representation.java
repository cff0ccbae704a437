package dev.walbrook.connect.source.type;

import dev.walbrook.capture.TableFilter;
import dev.walbrook.connect.BinaryText;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The choices a user has in how values look.
 *
 * @param level {@code compatibility.level}
 * @param decimals {@code decimal.handling.mode}
 * @param times {@code time.precision.mode}
 * @param intervals {@code interval.handling.mode}
 * @param binaries {@code binary.handling.mode}
 * @param hstores {@code hstore.handling.mode}
 * @param moneyScale {@code money.fraction.digits}
 * @param unknownTypes {@code include.unknown.datatypes}: whether values of types without a mapping travel as the bytes of
 *     their text
 * @param unavailable {@code unavailable.value.placeholder}
 * @param comments {@code include.schema.comments}
 * @param propagatedColumns {@code column.propagate.source.type}: matched against {@code schema.table.column}
 * @param propagatedTypes {@code datatype.propagate.source.type}: matched against {@code database.typename}
 * @param strictElements whether an element of an array that cannot be represented spoils the array, instead of being null
 */
public record Representation(
        CompatibilityLevel level,
        Decimals decimals,
        Times times,
        Intervals intervals,
        Binaries binaries,
        Hstores hstores,
        int moneyScale,
        boolean unknownTypes,
        Placeholder unavailable,
        boolean comments,
        List<Pattern> propagatedColumns,
        List<Pattern> propagatedTypes,
        boolean strictElements) {

    /** How numeric and money look. */
    public enum Decimals {
        PRECISE,
        DOUBLE,
        STRING
    }

    /** How dates and times look. */
    public enum Times {
        ADAPTIVE,
        ADAPTIVE_TIME_MICROSECONDS,
        CONNECT,
        ISOSTRING,
        MICROSECONDS,
        NANOSECONDS,
        STRUCTURED
    }

    /** How intervals look. */
    public enum Intervals {
        NUMERIC,
        STRING
    }

    /** How bytes look. */
    public enum Binaries {
        BYTES,
        BASE64,
        BASE64_URL_SAFE,
        HEX
    }

    /** How hstore looks. */
    public enum Hstores {
        JSON,
        MAP
    }

    /** How bytes are written in text; null if they are bytes. */
    @Nullable
    public BinaryText binaryText() {
        return switch (binaries) {
            case BYTES -> null;
            case BASE64 -> BinaryText.BASE64;
            case BASE64_URL_SAFE -> BinaryText.BASE64_URL_SAFE;
            case HEX -> BinaryText.HEX;
        };
    }

    boolean propagates(String qualifiedColumn, String qualifiedType) {
        return TableFilter.matchesAny(propagatedColumns, qualifiedColumn)
                || TableFilter.matchesAny(propagatedTypes, qualifiedType);
    }
}
