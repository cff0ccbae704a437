package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directory of one pipeline's data, held by one process at a time. */
final class DataDirectory implements AutoCloseable {

    /** All that a run leaves behind; whatever else is in the directory is the user's. */
    private static final List<String> OURS = List.of(
            "source",
            "source.password",
            "source.log",
            "sink",
            "sink.password",
            "sink.log",
            "kafka",
            "connect",
            "secrets",
            "up.properties",
            "loaded.properties",
            SinkOffsets.FILE);

    private final Path directory;
    private final FileChannel channel;

    private DataDirectory(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Creates the directory if need be and takes its lock.
     *
     * @throws AdminException if another process has it, or it cannot be written
     */
    static DataDirectory take(Path directory) {
        try {
            Files.createDirectories(directory);
            // Kafka insists that the directory exists from which its connectors may read their passwords.
            createPrivate(directory.resolve("secrets"));
            FileChannel channel =
                    FileChannel.open(directory.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                throw new AdminException(
                        "another walbrook up is running on " + directory,
                        "Stop it with Ctrl-C, or use another directory with --data-dir and other ports.");
            }
            return new DataDirectory(directory, channel);
        } catch (IOException e) {
            throw new AdminException(
                    "cannot write into the data directory " + directory + ": " + e.getMessage(),
                    "Name another one with --data-dir.",
                    e);
        }
    }

    private static void createPrivate(Path directory) throws IOException {
        Files.createDirectories(directory);
        if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Removes all that earlier runs have left, servers that outlived them included. */
    void clear() {
        try {
            for (String server : List.of("source", "sink")) {
                stopLeftover(directory.resolve(server));
            }
            for (String name : OURS) {
                delete(directory.resolve(name));
            }
            createPrivate(directory.resolve("secrets"));
        } catch (IOException e) {
            throw new AdminException("cannot clear the data directory " + directory + ": " + e, "", e);
        }
    }

    /** The process id of a living PostgreSQL server of this data directory, left behind by a run that was killed. */
    static Optional<Long> leftover(Path server) {
        try {
            List<String> lines = Files.readAllLines(server.resolve("postmaster.pid"));
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Long.parseLong(lines.get(0).strip())).filter(pid -> ProcessHandle.of(pid)
                            .flatMap(process -> process.info().commandLine())
                            .filter(command -> command.contains(server.toString()))
                            .isPresent());
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static void stopLeftover(Path server) {
        leftover(server).flatMap(ProcessHandle::of).ifPresent(postmaster -> {
            // SIGKILL is fine: its data are about to be deleted. The postmaster first, or it would replace its
            // children.
            List<ProcessHandle> family = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
            family.forEach(ProcessHandle::destroyForcibly);
            CompletableFuture.allOf(family.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                    .join();
        });
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new AdminException("cannot release " + directory + ": " + e, "", e);
        }
    }
}
