package dev.walbrook.examples.shop.publisher;

/** How an order is paid. */
public enum PaymentMethod {
    CASH,
    CREDIT_CARD,
    MOBILE_PAYMENT
}
