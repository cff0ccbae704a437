package dev.walbrook.connect.source.type;

import org.jspecify.annotations.Nullable;

/** Reads one column's values. Implementations are stateless and safe for any thread. */
@FunctionalInterface
public interface ValueDecoder {

    /**
     * @param buffer where PostgreSQL's text of the value is; not changed
     * @param offset where it starts
     * @param length how many bytes it has
     * @return the value as Connect wants it for the column's schema; null for a value that this representation cannot hold,
     *     such as NaN in a decimal
     * @throws dev.walbrook.postgres.codec.TextFormatException if the text is not one of the type
     */
    @Nullable
    Object decode(byte[] buffer, int offset, int length);
}
