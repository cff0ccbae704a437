package dev.walbrook.conformance.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.walbrook.conformance.PluginDefinitions;
import dev.walbrook.conformance.Servers;
import dev.walbrook.conformance.Subject;
import dev.walbrook.testkit.TestDatabase;
import dev.walbrook.testkit.TestPostgres;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs every scenario under both sinks; {@code -Dconformance.only=<regex on ids>} runs some. */
class SinkConformanceIT {

    private static final int AT_A_TIME = 5;

    private static final Path REPORTS = Path.of("target", "conformance", "sink");

    private static final ExecutorService EXECUTOR = Executors.newFixedThreadPool(AT_A_TIME);

    private static final Map<Subject, TestDatabase> DATABASES = new EnumMap<>(Subject.class);

    @BeforeAll
    static void createDatabases() {
        for (Subject subject : Subject.values()) {
            DATABASES.put(subject, TestPostgres.source().createDatabase());
        }
    }

    @AfterAll
    static void dropDatabases() {
        EXECUTOR.shutdownNow();
        DATABASES.values().forEach(TestDatabase::close);
    }

    private static List<SinkScenario> all() {
        List<SinkScenario> all = new ArrayList<>();
        all.addAll(RowScenarios.all());
        all.addAll(TableScenarios.all());
        all.addAll(TypeScenarios.all());
        return all;
    }

    @TestFactory
    Stream<DynamicTest> tablesAreEqual() {
        Servers.sinkWorker();
        Pattern only = Pattern.compile(System.getProperty("conformance.only", ".*"));
        Map<SinkScenario, CompletableFuture<SinkOutcome>> outcomes = new LinkedHashMap<>();
        List<SinkScenario> chosen = all().stream()
                .filter(scenario -> only.matcher(scenario.id()).matches())
                .toList();
        // The sources take a while: the scenarios with topics of their own run meanwhile.
        CompletableFuture<Void> recorded = chosen.stream().anyMatch(SinkScenario::isRecorded)
                ? CompletableFuture.runAsync(TypeScenarios::record, EXECUTOR)
                : CompletableFuture.completedFuture(null);
        for (SinkScenario scenario : chosen) {
            CompletableFuture<Void> ready = scenario.isRecorded() ? recorded : CompletableFuture.completedFuture(null);
            outcomes.put(scenario, ready.handleAsync((done, failure) -> reported(run(scenario)), EXECUTOR));
        }
        List<DynamicTest> tests = new ArrayList<>();
        outcomes.forEach((scenario, running) -> tests.add(DynamicTest.dynamicTest(scenario.id(), () -> {
            SinkOutcome outcome = running.join();
            if (!outcome.isGreen()) {
                fail(outcome.describe());
            }
        })));
        if (only.pattern().equals(".*")) {
            tests.add(DynamicTest.dynamicTest(
                    "the page is what the run produced",
                    () -> checkPage(outcomes.values().stream()
                            .map(CompletableFuture::join)
                            .toList())));
        }
        return tests.stream();
    }

    private static void checkPage(List<SinkOutcome> outcomes) throws IOException {
        Path page = Servers.root().resolve("docs/reference/sink-compatibility.md");
        String expected = SinkCompatibilityPage.of(
                outcomes, PluginDefinitions.ofSinks(Servers.sinkWorker(), SinkCompatibilityPage.OTHER_DEFAULTS));
        if (Boolean.getBoolean("walbrook.docs.update")) {
            Files.writeString(page, expected);
        }
        assertThat(page).as("run the test with -Dwalbrook.docs.update=true").hasContent(expected);
    }

    private static SinkOutcome run(SinkScenario scenario) {
        try {
            return SinkOutcome.of(scenario, SinkRun.of(scenario, DATABASES));
        } catch (AssertionError | RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            return SinkOutcome.broken(scenario, trace.toString());
        }
    }

    /** What failed is in a file of its own at once, for one who does not want to wait for the end. */
    private static SinkOutcome reported(SinkOutcome outcome) {
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
}
