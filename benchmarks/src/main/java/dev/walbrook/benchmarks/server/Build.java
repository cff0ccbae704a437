package dev.walbrook.benchmarks.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the build has left on the disk.
 *
 * @param root the repository
 */
public record Build(Path root) {

    /** Ours that a worker loads from its plugin folder and must not find on its class path too. */
    private static final Pattern PLUGIN_JAR =
            Pattern.compile(".*/(connect|capture|postgres|admin)/target/(classes|walbrook-[^/]*\\.jar)");

    /** The repository this program was started from: the system property {@code walbrook.home}, or the working directory. */
    public static Build here() {
        return new Build(Path.of(System.getProperty("walbrook.home", ""))
                .toAbsolutePath()
                .normalize());
    }

    /** The folders that hold plugin folders: ours, those we are compared with, and the converter that both use for Avro. */
    List<Path> pluginFolders() {
        List<Path> folders = List.of(
                root.resolve("connect/target/plugin"),
                target().resolve("plugins"),
                registryFolder().resolve("plugins"));
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw new IllegalStateException(
                        "There is no " + folder + ". Run benchmarks/run without WALBROOK_NO_BUILD, which builds it.");
            }
        }
        SchemaRegistry.listPlugins(this);
        return folders;
    }

    /** What the schema registry and its converter are unpacked into. */
    Path registryFolder() {
        return target().resolve("registry");
    }

    /** The benchmark's class path without the connectors, as a broker or a worker has it. */
    String serverClassPath() {
        try {
            String built = Files.readString(target().resolve("classpath.txt")).strip();
            return Stream.concat(
                            Stream.of(target().resolve("classes").toString()),
                            Arrays.stream(built.split(Pattern.quote(File.pathSeparator))))
                    .filter(entry ->
                            !PLUGIN_JAR.matcher(entry.replace('\\', '/')).matches())
                    .collect(Collectors.joining(File.pathSeparator));
        } catch (IOException e) {
            throw new UncheckedIOException("the build left no class path; run benchmarks/run", e);
        }
    }

    /** The version of the connector we are compared with, as its jar's name tells it. */
    public String debeziumVersion() {
        return version("debezium-connector-postgres");
    }

    /** The version of the sink we are compared with. */
    public String debeziumSinkVersion() {
        return version("debezium-connector-jdbc");
    }

    private String version(String plugin) {
        Path folder = target().resolve("plugins").resolve(plugin);
        Pattern jar = Pattern.compile(Pattern.quote(plugin) + "-(.*)\\.jar");
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> jar.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException("there is no " + folder, e);
        }
    }

    private Path target() {
        return root.resolve("benchmarks/target");
    }
}
