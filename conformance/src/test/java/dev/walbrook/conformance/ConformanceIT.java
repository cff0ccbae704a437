package dev.walbrook.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every scenario under both connectors; {@code -Dconformance.only=<regex on ids>} runs some. */
class ConformanceIT {

    private static final int AT_A_TIME = 4;

    private static final Path REPORTS = Path.of("target", "conformance");

    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(AT_A_TIME);

    @TestFactory
    Stream<DynamicTest> everyRecordIsEqual() {
        Servers.worker();
        Map<String, CompletableFuture<Outcome>> outcomes = new LinkedHashMap<>();
        List<Scenario> chosen = Suite.chosen();
        for (List<Scenario> group : Suite.groups(chosen)) {
            CompletableFuture<Map<String, Outcome>> run =
                    CompletableFuture.supplyAsync(() -> GroupRun.of(group), EXECUTOR);
            group.forEach(
                    scenario -> outcomes.put(scenario.id(), run.thenApply(byId -> reported(byId.get(scenario.id())))));
        }
        List<DynamicTest> tests = new ArrayList<>();
        for (Scenario scenario : chosen) {
            tests.add(DynamicTest.dynamicTest(scenario.id(), () -> {
                Outcome outcome = outcomes.get(scenario.id()).join();
                if (!outcome.isGreen()) {
                    fail(outcome.describe());
                }
            }));
        }
        if (Suite.isWhole()) {
            tests.add(DynamicTest.dynamicTest("the page is what the run produced", () -> {
                checkPage(
                        outcomes.values().stream().map(CompletableFuture::join).toList());
            }));
        }
        return tests.stream();
    }

    /** What failed is in a file of its own at once, for one who does not want to wait for the end. */
    private static Outcome reported(Outcome outcome) {
        try {
            Path file = Files.createDirectories(REPORTS)
                    .resolve(outcome.scenario().id().replace('/', '_') + ".txt");
            Files.deleteIfExists(file);
            if (!outcome.isGreen()) {
                Files.writeString(file, outcome.describe());
            }
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkPage(List<Outcome> outcomes) throws IOException {
        Path page = Servers.root().resolve("docs/reference/compatibility.md");
        String expected = CompatibilityPage.of(outcomes, new PluginDefinitions(Servers.worker()));
        if (Boolean.getBoolean("walbrook.docs.update")) {
            Files.writeString(page, expected);
        }
        assertThat(page).as("run the test with -Dwalbrook.docs.update=true").hasContent(expected);
    }

    @AfterAll
    static void stop() {
        EXECUTOR.shutdownNow();
    }
}
