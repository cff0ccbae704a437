package dev.walbrook.examples.shop.publisher;

import java.time.Instant;

/** A payment as it is stored, and as its event tells it. */
public record Payment(long id, long orderId, PaymentMethod paymentMethod, Instant createdAt) {}
