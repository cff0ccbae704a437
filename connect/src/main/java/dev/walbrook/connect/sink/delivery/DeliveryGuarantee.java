package dev.walbrook.connect.sink.delivery;

/** How often a record is written when something fails between the target's commit and the consumer's: {@code delivery.guarantee}. */
public enum DeliveryGuarantee {
    /** Once: the offsets are stored in the target, in the transaction of the rows. */
    EXACTLY_ONCE,
    /** Once or again: only the consumer group knows the offsets, and learns of them after the rows are committed. */
    AT_LEAST_ONCE
}
