package dev.walbrook.examples.shop.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.outbox.MessageOutbox;
import dev.walbrook.outbox.Outbox;
import dev.walbrook.outbox.OutboxTable;
import dev.walbrook.outbox.TableOutbox;
import dev.walbrook.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every part of the shop is killed at random while orders and payments are posted, and at the end the consumer has each of
 * them once. It takes minutes, so it runs only when {@value #POSTS_PROPERTY} says how many are posted at least.
 */
@EnabledIfSystemProperty(named = ShopIT.POSTS_PROPERTY, matches = "\\d+")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ShopIT {

    static final String POSTS_PROPERTY = "walbrook.test.shop.posts";

    private static final Duration CATCH_UP = Duration.ofMinutes(4);

    @ParameterizedTest
    @ValueSource(strings = {"table", "message"})
    void theConsumerHasEveryAcceptedOrderOnceWhateverIsKilled(String transport) throws Exception {
        int wanted = Integer.getInteger(POSTS_PROPERTY);
        long seed = Seeds.choose();
        Random random = new Random(seed);
        Outbox outbox = transport.equals("table")
                ? new TableOutbox(OutboxTable.standard()).deletingAtOnce()
                : MessageOutbox.standard();
        try (Shop shop = new Shop(transport).open()) {
            Posts posts = new Posts(shop, seed, 6, wanted);
            Counters counters = new Counters(shop.publisherDatabase(), outbox, seed);
            posts.start();
            counters.start();

            List<Shop.Victim> kills = killUntilPosted(shop, posts, wanted, random);

            posts.stop();
            counters.stop();
            shop.awaitConnector();
            System.out.println(transport + ": " + posts.accepted() + " posts accepted, killed " + kills);
            awaitAll(shop);
            assertSameRows(shop, "orders", "outbox.event.ORDER", "quantity");
            assertSameRows(shop, "payments", "outbox.event.PAYMENT", "order_id");
            assertThat(ids(shop, "orders")).containsAll(posts.orders());
            assertThat(ids(shop, "payments")).containsAll(posts.payments());
            assertCounted(shop);
        }
    }

    /** Every part once in random order, then any of them until enough was posted. */
    private static List<Shop.Victim> killUntilPosted(Shop shop, Posts posts, int wanted, Random random)
            throws Exception {
        List<Shop.Victim> kills = new ArrayList<>();
        List<Shop.Victim> all = List.of(Shop.Victim.values());
        List<Shop.Victim> first = new ArrayList<>(all);
        Collections.shuffle(first, random);
        while (!first.isEmpty() || posts.accepted() < wanted) {
            Shop.Victim victim = first.isEmpty() ? all.get(random.nextInt(all.size())) : first.remove(0);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(1_500)));
            shop.killAndStart(victim);
            kills.add(victim);
        }
        return kills;
    }

    private static void awaitAll(Shop shop) {
        Awaitility.await("the consumer has caught up")
                .atMost(CATCH_UP)
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> assertThat(received(shop))
                        .isGreaterThanOrEqualTo(Long.parseLong(shop.publisherDatabase()
                                .queryString("SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM payments)"
                                        + " + (SELECT sum(n) FROM counters)"))));
    }

    private static long received(Shop shop) {
        return Long.parseLong(shop.consumerDatabase().queryString("SELECT count(*) FROM received_events"));
    }

    /** The events are those of the rows: none without a row, no row without one, none twice, each with its value. */
    private static void assertSameRows(Shop shop, String table, String topic, String column) {
        String member = column.equals("order_id") ? "orderId" : column;
        assertThat(shop.consumerDatabase()
                        .query("SELECT record_key::bigint, (payload::json ->> '" + member
                                + "')::bigint FROM received_events WHERE topic = '" + topic + "' ORDER BY 1"))
                .isEqualTo(shop.publisherDatabase()
                        .query("SELECT id, " + column + "::bigint FROM " + table + " ORDER BY 1"));
    }

    private static List<Long> ids(Shop shop, String table) {
        return shop.publisherDatabase().query("SELECT id FROM " + table).stream()
                .map(row -> Long.parseLong(row.get(0)))
                .toList();
    }

    /** Each aggregate counts up from 1 without a gap, in the order in which the consumer has processed its events. */
    private static void assertCounted(Shop shop) {
        for (int aggregate = 1; aggregate <= Counters.AGGREGATES; aggregate++) {
            int last = Integer.parseInt(
                    shop.publisherDatabase().queryString("SELECT n FROM counters WHERE aggregate = " + aggregate));
            assertThat(shop.consumerDatabase()
                            .query("SELECT payload::int FROM received_events WHERE topic = 'outbox.event.COUNTER'"
                                    + " AND record_key = '" + aggregate + "' ORDER BY position"))
                    .as("events of aggregate %d", aggregate)
                    .extracting(row -> Integer.parseInt(row.get(0)))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, last).boxed().toList());
        }
    }
}
