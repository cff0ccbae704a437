package dev.walbrook.transforms.outbox;

import dev.walbrook.transforms.event.UnconvertibleException;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A further column of the outbox table and where it goes.
 *
 * @param column its name
 * @param placement where it goes
 * @param alias what it is called there
 */
record AdditionalField(String column, Placement placement, String alias) {

    enum Placement {
        HEADER,
        ENVELOPE,
        PARTITION
    }

    /**
     * Reads {@code column:placement} or {@code column:placement:alias}.
     *
     * @throws ConfigException if it is neither
     */
    static AdditionalField parse(String option, String element) {
        String[] parts = element.trim().split("\\s*:\\s*");
        Placement placement = parts.length < 2 ? null : placement(parts[1]);
        if (placement == null || parts.length > 3 || parts[0].isEmpty()) {
            throw new ConfigException(
                    option,
                    element,
                    "must be column:placement or column:placement:alias, where placement is header, envelope or"
                            + " partition");
        }
        return new AdditionalField(parts[0], placement, parts.length == 3 ? parts[2] : parts[0]);
    }

    private static @Nullable Placement placement(String name) {
        return List.of(Placement.values()).stream()
                .filter(placement -> placement.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    /**
     * The column in rows of a schema; null if it is missing and may be.
     *
     * @throws UnconvertibleException if it is missing and may not be
     */
    @Nullable
    Field in(Schema row, boolean mayBeMissing) {
        Field field = row.field(column);
        if (field == null && !mayBeMissing) {
            throw new UnconvertibleException(
                    "its row has no column '" + column + "', which table.fields.additional.placement names",
                    "Correct the option, or set table.field.additional.missing=ignore.");
        }
        return field;
    }
}
