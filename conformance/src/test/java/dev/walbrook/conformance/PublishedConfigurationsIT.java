package dev.walbrook.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestKafka;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Configurations that people published for Debezium's connector write the same under ours, with their own converters and
 * Debezium's own transforms, if nothing but {@code connector.class} is changed.
 */
class PublishedConfigurationsIT {

    private static final int AT_A_TIME = 3;

    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(AT_A_TIME);

    private static ApicurioRegistry registry;
    private static TestConnect worker;

    /** What the two wrote of a configuration, and the artifacts of the registry. */
    private record Result(Map<Subject, Observation> observed, List<Map<String, Integer>> artifacts) {}

    @BeforeAll
    static void start() {
        registry = ApicurioRegistry.start();
        String pluginPath = String.join(
                ",",
                Servers.root().resolve("connect/target/plugin").toString(),
                Servers.root().resolve("conformance/target/plugins").toString(),
                ApicurioRegistry.pluginPath().toString());
        worker = TestConnect.fresh(
                TestKafka.shared(),
                ApicurioRegistry.pluginPath(),
                Map.of("plugin.path", pluginPath, "offset.flush.interval.ms", "200"));
        registry.awaitReady();
    }

    @AfterAll
    static void stop() {
        EXECUTOR.shutdownNow();
        worker.close();
        registry.close();
    }

    @TestFactory
    Stream<DynamicTest> writeTheSame() {
        Map<PublishedConfiguration, CompletableFuture<Result>> results = new LinkedHashMap<>();
        for (String name : List.of("avro", "avro-names", "inventory", "masks", "outbox", "transactions")) {
            PublishedConfiguration configuration = PublishedConfiguration.load(name);
            results.put(configuration, CompletableFuture.supplyAsync(() -> run(configuration), EXECUTOR));
        }
        return results.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey().name(),
                        () -> compare(entry.getKey(), entry.getValue().join())));
    }

    private static Result run(PublishedConfiguration configuration) {
        try (PublishedRun run = new PublishedRun(configuration, worker, registry)) {
            Map<Subject, Observation> observed = run.run();
            return new Result(
                    observed, Stream.of(Subject.values()).map(run::artifacts).toList());
        } catch (SQLException e) {
            throw new CompletionException(e);
        }
    }

    private static void compare(PublishedConfiguration configuration, Result result) {
        Observation debezium = Objects.requireNonNull(result.observed().get(Subject.DEBEZIUM));
        Observation walbrook = Objects.requireNonNull(result.observed().get(Subject.WALBROOK));
        System.out.println(configuration.name() + ": records by topic "
                + debezium.topics().entrySet().stream()
                        .map(topic -> topic.getKey() + " " + topic.getValue().size())
                        .toList());

        assertThat(debezium.topics()).isNotEmpty();
        assertThat(debezium.topics().keySet()).containsAll(configuration.furtherTopics());
        assertThat(Comparison.ofTopics(debezium, walbrook, topic -> true)).isEmpty();
        assertThat(walbrook.topics()).isEqualTo(debezium.topics());
        assertThat(result.artifacts().get(1)).isEqualTo(result.artifacts().get(0));
        if (configuration.writesAvro()) {
            assertThat(result.artifacts().get(0)).isNotEmpty();
            assertThat(walbrook.topics().values().stream().flatMap(List::stream))
                    .allMatch(record -> record.lines().containsKey("key-schema")
                            || record.lines().containsKey("value-schema"));
        }
    }
}
