package dev.walbrook.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for a server's data, deleted when the server is closed. Its name has a space, so that this always works. */
record TemporaryFolder(Path path) implements AutoCloseable {

    static TemporaryFolder create(String use) {
        try {
            return new TemporaryFolder(Files.createTempDirectory("walbrook test " + use));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            // A file that a dying thread still wrote is left to the system's own cleaning of temporary files.
            return;
        }
    }
}
