/**
 * A service that hears of orders and payments, stores each event once and shows what it has heard.
 *
 * <p>It exists as an example of a consumer on the inbox library. It knows the topics and nothing of the publisher.
 */
@NullMarked
package dev.walbrook.examples.shop.consumer;

import org.jspecify.annotations.NullMarked;
