package dev.walbrook.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers: this test is the picture in ARCHITECTURE.md. */
class ArchitectureTest {

    /** Which of our modules each module may use. */
    private static final Map<String, Set<String>> LAYERS = Map.of(
            "postgres", Set.of(),
            "local", Set.of(),
            "capture", Set.of("postgres"),
            "connect", Set.of("capture", "postgres"),
            "conformance", Set.of(),
            "outbox", Set.of(),
            "admin", Set.of("postgres"),
            "cli", Set.of("admin", "local", "postgres"));

    private static final String TRANSFORMS = "dev.walbrook.transforms..";
    private static final String POSTGRESQL_TRANSFORMS = "dev.walbrook.connector.postgresql.transforms..";

    /** The tests run in the module's own folder. */
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importPaths(LAYERS.keySet().stream()
                    .map(module -> ROOT.resolve(module).resolve("target/classes"))
                    .filter(Files::isDirectory)
                    .toList());

    static Stream<String> modules() {
        return LAYERS.keySet().stream().sorted();
    }

    /** A module's packages bear its name; users' configurations name the transforms, so theirs are Debezium's. */
    private static Stream<String> packages(String module) {
        return module.equals("connect")
                ? Stream.of("dev.walbrook.connect..", TRANSFORMS, POSTGRESQL_TRANSFORMS)
                : Stream.of("dev.walbrook." + module + "..");
    }

    @ParameterizedTest
    @MethodSource("modules")
    void usesOnlyLayersBelow(String module) {
        String[] forbidden = LAYERS.keySet().stream()
                .filter(other -> !other.equals(module) && !LAYERS.get(module).contains(other))
                .flatMap(ArchitectureTest::packages)
                .toArray(String[]::new);

        noClasses()
                .that()
                .resideInAnyPackage(packages(module).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void everyClassBelongsToAModule() {
        classes()
                .should()
                .resideInAnyPackage(LAYERS.keySet().stream()
                        .flatMap(ArchitectureTest::packages)
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void transformsWorkWithoutTheConnectors() {
        noClasses()
                .that()
                .resideInAnyPackage(TRANSFORMS, POSTGRESQL_TRANSFORMS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.walbrook.connect.source..",
                        "dev.walbrook.connect.sink..",
                        "dev.walbrook.capture..",
                        "dev.walbrook.postgres..",
                        "com.fasterxml..",
                        "org.apache.kafka.connect.json..",
                        "org.apache.kafka.connect.transforms.util..")
                .check(CLASSES);
    }

    @Test
    void theConverterWorksAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.walbrook.connect.json..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        TRANSFORMS,
                        POSTGRESQL_TRANSFORMS,
                        "dev.walbrook.connect.source..",
                        "dev.walbrook.connect.sink..",
                        "dev.walbrook.capture..",
                        "dev.walbrook.postgres..",
                        "com.fasterxml..",
                        "org.apache.kafka.connect.json..")
                .check(CLASSES);
    }

    @Test
    void modulesHaveNoCycles() {
        slices().matching("dev.walbrook.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void adminNeitherPrintsNorReadsACommandLine() {
        noClasses()
                .that()
                .resideInAPackage("dev.walbrook.admin..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(CLASSES);
    }

    @Test
    void theArchitecturePageNamesClassesThatExist() throws IOException {
        Path page = ROOT.resolve("ARCHITECTURE.md");
        Assumptions.assumeTrue(Files.exists(page), "there is no ARCHITECTURE.md");
        Set<String> ours = CLASSES.stream().map(JavaClass::getSimpleName).collect(Collectors.toSet());
        ours.addAll(sourceNames());
        // A class name in backticks: at least two humps, so that `Struct` and SQL's words are not meant.
        Matcher names =
                Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][A-Za-z0-9]*)+)`").matcher(Files.readString(page));
        Set<String> missing = new TreeSet<>();
        while (names.find()) {
            if (!ours.contains(names.group(1)) && !FOREIGN.contains(names.group(1))) {
                missing.add(names.group(1));
            }
        }

        assertThat(missing).isEmpty();
    }

    /** Tests too, which are not among the imported classes. */
    private static Set<String> sourceNames() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String module : LAYERS.keySet()) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".java"))
                        .forEach(name -> names.add(name.substring(0, name.length() - 5)));
            }
        }
        return names;
    }

    /** Classes of Connect and the JDK that the page may name. */
    private static final List<String> FOREIGN = List.of(
            "SourceTask", "SinkTask", "SourceRecord", "SinkRecord", "SourceConnector", "SinkConnector", "ConfigDef");
}
