package dev.walbrook.connect.source.type;

/** Tells whether one value loses something in its column's representation. Implementations are stateless and safe for any thread. */
@FunctionalInterface
public interface LossCheck {

    /**
     * @param buffer where PostgreSQL's text of the value is; not changed
     * @param offset where it starts
     * @param length how many bytes it has
     * @return whether the value cannot be restored exactly from what Connect and Kafka's JsonConverter make of it
     * @throws dev.walbrook.postgres.codec.TextFormatException if the text is not one of the type
     */
    boolean isLossy(byte[] buffer, int offset, int length);
}
