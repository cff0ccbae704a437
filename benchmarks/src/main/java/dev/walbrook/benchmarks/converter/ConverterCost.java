package dev.walbrook.benchmarks.converter;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;

/**
 * Prints what one event costs in either converter, in CPU time of the thread and in bytes allocated: figures that a busy
 * machine disturbs less than events per second. The converters take turns, and each one's best round counts.
 */
public final class ConverterCost {

    private static final int EVENTS = 1024;
    private static final int ROUNDS = 9;
    private static final int CONVERSIONS = 40 * EVENTS;
    private static final String TOPIC = "shop.public.orders";

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ConverterCost() {}

    /** Where results go, so that no conversion can be optimised away. */
    @SuppressWarnings("UnusedVariable")
    private static volatile @Nullable Object result;

    private record Cost(double nanos, double bytes) {}

    /** Takes no arguments. */
    public static void main(String[] args) {
        Struct[] events = new OrderEvents().events(EVENTS);
        System.out.println("| | Walbrook | Kafka's |\n|---|---|---|");
        for (boolean schemas : new boolean[] {false, true}) {
            Converter ours = configured(new dev.walbrook.connect.json.JsonConverter(), schemas);
            Converter kafkas = configured(new org.apache.kafka.connect.json.JsonConverter(), schemas);
            byte[][] records = new byte[EVENTS][];
            for (int i = 0; i < EVENTS; i++) {
                records[i] = kafkas.fromConnectData(TOPIC, OrderEvents.ENVELOPE, events[i]);
            }
            String which = schemas ? "with schemas" : "without schemas";
            compare(
                    "written, " + which,
                    List.of(ours, kafkas),
                    converter -> i -> converter.fromConnectData(TOPIC, OrderEvents.ENVELOPE, events[i % EVENTS]));
            compare(
                    "read, " + which,
                    List.of(ours, kafkas),
                    converter -> i -> converter.toConnectData(TOPIC, records[i % EVENTS]));
        }
    }

    private static Converter configured(Converter converter, boolean schemas) {
        converter.configure(Map.of("schemas.enable", schemas), false);
        return converter;
    }

    private interface Work {
        IntFunction<?> with(Converter converter);
    }

    private static void compare(String what, List<Converter> converters, Work work) {
        Cost[] best = {new Cost(Double.MAX_VALUE, 0), new Cost(Double.MAX_VALUE, 0)};
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < best.length; i++) {
                Cost cost = cost(work.with(converters.get(i)));
                if (round > 1 && cost.nanos < best[i].nanos) {
                    best[i] = cost;
                }
            }
        }
        System.out.printf(
                "| %s | %.2f µs, %,.0f bytes | %.2f µs, %,.0f bytes |%n",
                what, best[0].nanos / 1000, best[0].bytes, best[1].nanos / 1000, best[1].bytes);
    }

    private static Cost cost(IntFunction<?> conversion) {
        long bytes = THREAD.getCurrentThreadAllocatedBytes();
        long nanos = THREAD.getCurrentThreadCpuTime();
        for (int i = 0; i < CONVERSIONS; i++) {
            result = conversion.apply(i);
        }
        return new Cost(
                (THREAD.getCurrentThreadCpuTime() - nanos) / (double) CONVERSIONS,
                (THREAD.getCurrentThreadAllocatedBytes() - bytes) / (double) CONVERSIONS);
    }
}
