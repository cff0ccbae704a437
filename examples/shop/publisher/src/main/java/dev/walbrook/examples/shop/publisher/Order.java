package dev.walbrook.examples.shop.publisher;

import java.time.Instant;

/** An order as it is stored, and as its event tells it. */
public record Order(long id, int quantity, DeliveryMethod deliveryMethod, Instant createdAt) {}
