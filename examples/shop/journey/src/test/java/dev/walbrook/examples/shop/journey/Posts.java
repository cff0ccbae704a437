package dev.walbrook.examples.shop.journey;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Clients that post orders and payments until told to stop, and remember what was accepted. Once enough was, they go on
 * slowly, for a part that is killed shall be killed under load.
 */
final class Posts {

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private final Shop shop;
    private final int wanted;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Set<Long> orders = new ConcurrentSkipListSet<>();
    private final Set<Long> payments = new ConcurrentSkipListSet<>();
    private final Thread[] clients;

    Posts(Shop shop, long seed, int clients, int wanted) {
        this.shop = shop;
        this.wanted = wanted;
        this.clients = new Thread[clients];
        for (int client = 0; client < clients; client++) {
            Random random = new Random(seed + client);
            this.clients[client] = new Thread(() -> run(random), "client " + client);
        }
    }

    void start() {
        for (Thread client : clients) {
            client.start();
        }
    }

    private void run(Random random) {
        while (!stopped.get()) {
            try {
                boolean order = random.nextInt(3) > 0;
                HttpResponse<String> answer = order
                        ? shop.post(
                                "orders",
                                "{\"quantity\": %d, \"deliveryMethod\": \"%s\"}"
                                        .formatted(
                                                1 + random.nextInt(9),
                                                pick(random, "GRUB_HUB", "JUST_EAT", "DELIVEROO")))
                        : shop.post(
                                "payments",
                                "{\"orderId\": %d, \"paymentMethod\": \"%s\"}"
                                        .formatted(1 + random.nextInt(500), pick(random, "CASH", "CREDIT_CARD")));
                if (answer.statusCode() == 201) {
                    Matcher id = ID.matcher(answer.body());
                    if (id.find()) {
                        (order ? orders : payments).add(Long.parseLong(id.group(1)));
                    }
                }
                if (answer.statusCode() != 201 || accepted() >= wanted) {
                    pause();
                }
            } catch (IOException e) {
                // Nobody knows whether this one was stored; the tables will tell.
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }

    int accepted() {
        return orders.size() + payments.size();
    }

    /** The ids of the orders that the publisher has confirmed. */
    Set<Long> orders() {
        return new TreeSet<>(orders);
    }

    /** The ids of the payments that the publisher has confirmed. */
    Set<Long> payments() {
        return new TreeSet<>(payments);
    }

    /** Returns when the last request has ended. */
    void stop() throws InterruptedException {
        stopped.set(true);
        for (Thread client : clients) {
            client.join();
        }
    }
}
