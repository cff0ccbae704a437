package dev.walbrook.examples.shop.publisher;

/** Who brings an order. */
public enum DeliveryMethod {
    GRUB_HUB,
    JUST_EAT,
    UBER_EATS,
    DELIVEROO
}
