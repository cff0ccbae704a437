package dev.walbrook.conformance.transforms;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ToLogicalTopicRouter} and the name it had before, with combinations of their options. */
class TopicRouterTest {

    private static List<SourceRecord> records(String topic) {
        return Events.everyKind(topic).subList(0, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ToLogicalTopicRouter", "ByLogicalTableRouter"})
    void everyCombination(String name) {
        Map<String, List<String>> options = new LinkedHashMap<>();
        options.put("topic.regex", List.of("(.*)orders_shard(.*)", "shop\\.(.*)", "nothing"));
        options.put("topic.replacement", List.of("$1all_orders", "2 äll-orders"));
        options.put("key.enforce.uniqueness", Arrays.asList(null, "false"));
        options.put("key.field.name", Arrays.asList(null, "table"));
        options.put("schema.name.adjustment.mode", Arrays.asList(null, "avro", "avro_unicode"));
        options.put("logical.destination.cache.size", Arrays.asList(null, "1"));

        for (Map<String, String> combination : TransformPair.combinations(options)) {
            TransformPair pair = new TransformPair("transforms." + name, combination);
            pair.assertSame(records("shop.public.orders_shard1"));
            pair.assertSame(records("shop.public.orders_shard2"));
            pair.assertSame(records("shop.public.orders_shard1"));
            pair.assertSame(records("shop.public.others"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(.*)orders_shard(.*)", "nothing"})
    void namesTheTableInTheKey(String keyRegex) {
        TransformPair pair = new TransformPair(
                "transforms.ToLogicalTopicRouter",
                Map.of(
                        "topic.regex", "(.*)orders_shard(.*)",
                        "topic.replacement", "$1all_orders",
                        "key.field.regex", keyRegex,
                        "key.field.replacement", "shard-$2"));

        pair.assertSame(records("shop.public.orders_shard1"));
        pair.assertSame(records("shop.public.orders_shard2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ToLogicalTopicRouter", "ByLogicalTableRouter"})
    void otherRecordsAreRoutedToo(String name) {
        TransformPair all =
                new TransformPair("transforms." + name, Map.of("topic.regex", ".*", "topic.replacement", "all"));
        TransformPair nothing =
                new TransformPair("transforms." + name, Map.of("topic.regex", "(x?).*", "topic.replacement", "$1"));

        all.assertSame(Events.others().subList(0, 3));
        all.assertSameRefusals(Events.others());
        nothing.assertSame(Events.others());
    }
}
