package dev.walbrook.connect.source.type;

import dev.walbrook.capture.TableFilter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The choices a user has in how values look.
 *
 * @param decimals {@code decimal.handling.mode}
 * @param intervals {@code interval.handling.mode}
 * @param unknownTypes {@code include.unknown.datatypes}: whether values of types without a mapping travel as the bytes of
 *     their text
 * @param moneyScale {@code money.fraction.digits}
 * @param unavailableValue {@code unavailable.value.placeholder}
 * @param propagatedColumns {@code column.propagate.source.type}: matched against {@code schema.table.column}
 * @param propagatedTypes {@code datatype.propagate.source.type}: matched against {@code database.typename}
 */
public record Representation(
        Decimals decimals,
        Intervals intervals,
        boolean unknownTypes,
        int moneyScale,
        String unavailableValue,
        List<Pattern> propagatedColumns,
        List<Pattern> propagatedTypes) {

    /** How numeric and money look. */
    public enum Decimals {
        PRECISE,
        DOUBLE,
        STRING
    }

    /** How intervals look. */
    public enum Intervals {
        NUMERIC,
        STRING
    }

    byte[] unavailableBytes() {
        return unavailableValue.getBytes(StandardCharsets.UTF_8);
    }

    boolean propagates(String qualifiedColumn, String qualifiedType) {
        return TableFilter.matchesAny(propagatedColumns, qualifiedColumn)
                || TableFilter.matchesAny(propagatedTypes, qualifiedType);
    }
}
