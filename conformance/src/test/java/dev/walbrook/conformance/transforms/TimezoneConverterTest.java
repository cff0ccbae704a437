package dev.walbrook.conformance.transforms;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code TimezoneConverter} with zones and lists of every form. */
class TimezoneConverterTest {

    private static final String NAME = "transforms.TimezoneConverter";

    private static List<SourceRecord> records() {
        List<SourceRecord> records = new ArrayList<>(Events.everyKind("shop.public.orders"));
        records.addAll(Events.everyKind("shop.public.customers"));
        return records;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/London", "America/Los_Angeles", "Asia/Kolkata", "+08:00", "-03:30", "UTC"})
    void everyZone(String zone) {
        new TransformPair(NAME, Map.of("converted.timezone", zone)).assertSame(records());
        new TransformPair(NAME, Map.of("converted.timezone", zone, "include.list", "source:orders:source.ts_ms"))
                .assertSame(records());
    }

    @Test
    void everyRule() {
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put("converted.timezone", List.of("Europe/Berlin"));
        // Debezium takes the prefix with the first rule alone; it counts for those that follow.
        List<String> rules = Arrays.asList(
                null,
                "source:orders",
                "source:orders:created",
                "source:orders:before.created,orders:after.seen",
                "source:orders:source.ts_ms,orders:source.ts_us,orders:source.ts_ns,orders:exact",
                "topic:shop.public.orders",
                "topic:shop.public.orders:shipped,shop.public.orders:day",
                "orders:created",
                "shop.public.orders:connect_time,customers:daily",
                "source:orders,customers",
                "source:orders,topic:shop.public.customers",
                "source:none");
        for (String list : List.of("include.list", "exclude.list")) {
            options.remove("include.list");
            options.remove("exclude.list");
            options.put(list, rules);
            for (Map<String, String> combination : TransformPair.combinations(options)) {
                new TransformPair(NAME, combination).assertSame(records());
            }
        }
    }
}
