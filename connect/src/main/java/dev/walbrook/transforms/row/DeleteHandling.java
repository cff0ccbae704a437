package dev.walbrook.transforms.row;

import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What becomes of a delete event and of the tombstone that follows it. */
public enum DeleteHandling {
    /** Neither is passed on. */
    DROP,
    /** The delete becomes a record without value that keeps the row's schema; the tombstone is not passed on. */
    TOMBSTONE,
    /** The delete becomes the row as it was, marked as deleted; the tombstone is not passed on. */
    REWRITE,
    /** As {@link #REWRITE}, and the tombstone is passed on. */
    REWRITE_WITH_TOMBSTONE,
    /** The delete becomes a tombstone, without value and schema; the tombstone that follows is not passed on. */
    DELETE_TO_TOMBSTONE;

    /** Whether rows carry the field that says whether they are deleted. */
    public boolean marksRows() {
        return this == REWRITE || this == REWRITE_WITH_TOMBSTONE;
    }

    public boolean keepsTombstones() {
        return this == REWRITE_WITH_TOMBSTONE;
    }

    /**
     * The mode that does what the two options of Debezium 2.x said.
     *
     * @param dropTombstones {@code drop.tombstones}, true if not set
     * @param deletes {@code delete.handling.mode}, drop if not set
     * @throws ConfigException if the mode is unknown
     */
    public static DeleteHandling ofVersion2(boolean dropTombstones, @Nullable String deletes) {
        String mode = deletes == null ? "drop" : deletes.trim().toLowerCase(Locale.ROOT);
        return switch (mode) {
            case "drop" -> dropTombstones ? DROP : TOMBSTONE;
            case "rewrite" -> dropTombstones ? REWRITE : REWRITE_WITH_TOMBSTONE;
            // The delete lost its value and kept its schema; without drop.tombstones a second record without value
            // followed, which says the same.
            case "none" -> TOMBSTONE;
            default ->
                throw new ConfigException(
                        "delete.handling.mode",
                        deletes,
                        "must be drop, rewrite or none; delete.tombstone.handling.mode is the option that replaced it");
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
