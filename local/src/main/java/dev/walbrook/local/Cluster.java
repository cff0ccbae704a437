package dev.walbrook.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL data directory with the superuser's password in a file beside it that only the owner can read.
 *
 * <p>Not thread-safe; the caller holds the directory's {@link DirectoryLock}.
 */
final class Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    /** The index of the line with the server's state. */
    private static final int STATUS_LINE = 7;

    private final Path directory;
    private final Path passwordFile;

    Cluster(Path directory) {
        this.directory = directory;
        this.passwordFile = directory.resolveSibling(directory.getFileName() + ".password");
    }

    /** Creates the data directory if it is new. It appears under its name only when it is complete. */
    void initialise(PostgresBinaries binaries, String superuser, boolean sync) throws IOException {
        if (Files.exists(directory.resolve("PG_VERSION"))) {
            requireVersion(binaries);
            return;
        }
        requireEmpty();
        Path unfinished = directory.resolveSibling(directory.getFileName() + ".initdb");
        PostgresBinaries.deleteTree(unfinished);
        createPassword();
        LOG.info("creating a PostgreSQL {} data directory in {}", binaries.majorVersion(), directory);
        CommandLine.Result result =
                CommandLine.run(CommandLine.unprivileged(initdb(binaries, unfinished, superuser, sync)));
        if (result.status() != 0) {
            throw new StartException(
                    "PostgreSQL's initdb failed for " + directory + ":\n" + complaint(result.output()) + accessHint());
        }
        Files.deleteIfExists(directory);
        Files.move(unfinished, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<String> initdb(PostgresBinaries binaries, Path target, String superuser, boolean sync) {
        List<String> command = new ArrayList<>(List.of(
                binaries.program("initdb").toString(),
                "-D",
                target.toString(),
                "-U",
                superuser,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C"));
        if (binaries.majorVersion() >= 17) {
            // Unicode's own upper and lower case, the same on every machine; older servers know no such provider.
            command.addAll(List.of("--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
        }
        if (!sync) {
            command.add("--no-sync");
        }
        return command;
    }

    /** Leaves out the description of what initdb was about to do. */
    private static String complaint(String output) {
        Predicate<String> complains = Pattern.compile("error|fatal|hint|detail", Pattern.CASE_INSENSITIVE)
                .asPredicate();
        String complaint = output.lines().filter(complains).collect(Collectors.joining("\n"));
        return complaint.isEmpty() ? output : complaint;
    }

    /**
     * Whether the server with the process id says that it takes connections. It does so in the eighth line of its
     * lock file, which pg_ctl reads too; asking by connecting would fill its log with refusals.
     */
    boolean isReady(long pid) {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("postmaster.pid"));
            return lines.size() > STATUS_LINE
                    && lines.get(0).trim().equals(Long.toString(pid))
                    && lines.get(STATUS_LINE).trim().equals("ready");
        } catch (IOException e) {
            // Not written yet, or just being written.
            return false;
        }
    }

    private void requireVersion(PostgresBinaries binaries) throws IOException {
        String found = Files.readString(directory.resolve("PG_VERSION")).trim();
        if (!found.equals(Integer.toString(binaries.majorVersion()))) {
            throw new StartException("The data directory " + directory + " was made by PostgreSQL " + found
                    + ", but this is PostgreSQL " + binaries.majorVersion()
                    + ". Use another data directory, or start over with an empty one.");
        }
    }

    private void requireEmpty() throws IOException {
        if (Files.isDirectory(directory)) {
            try (var entries = Files.list(directory)) {
                if (entries.findAny().isPresent()) {
                    throw new StartException("The directory " + directory
                            + " is neither empty nor a PostgreSQL data directory. Name another one.");
                }
            }
        }
    }

    private void createPassword() throws IOException {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        Files.deleteIfExists(passwordFile);
        Files.createFile(
                passwordFile, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(passwordFile, HexFormat.of().formatHex(random) + "\n", StandardOpenOption.WRITE);
    }

    /** The superuser's password. */
    String password() throws IOException {
        if (!Files.exists(passwordFile)) {
            throw new StartException("The file " + passwordFile + " with the password of the PostgreSQL data directory "
                    + directory + " is gone. Put it back, or start over with an empty data directory.");
        }
        return Files.readString(passwordFile).trim();
    }

    /** Whether the process has ended and only its number is left; false where there is no /proc to tell. */
    private static boolean isZombie(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The state follows the name, which is in brackets and may hold anything.
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Stops a server of this directory that outlived the process which started it.
     *
     * <p>The caller holds the directory's lock, so whoever started that server is dead.
     */
    void stopOrphan(Duration limit) throws IOException {
        Path file = directory.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        if (lines.isEmpty() || !lines.get(0).trim().matches("[0-9]{1,10}")) {
            return;
        }
        Optional<ProcessHandle> named =
                ProcessHandle.of(Long.parseLong(lines.get(0).trim()));
        if (named.isEmpty()) {
            return;
        }
        if (serves(named.get())) {
            LOG.info(
                    "stopping the PostgreSQL server left behind in {}, process {}",
                    directory,
                    named.get().pid());
            Signal.stopPostmaster(named.get(), limit);
        } else if (named.get().info().command().isPresent() || isZombie(named.get())) {
            // The number belongs to another program now, or to a dead server that nobody has collected, as in a
            // container whose first process does not: PostgreSQL would take either for a server of this directory.
            // It knows its own parent's number for stale. The rest of the file must stay: it names the shared memory
            // by which PostgreSQL finds out whether children of the dead server still live.
            lines.set(0, Long.toString(ProcessHandle.current().pid()));
            Files.write(file, lines);
        }
    }

    private boolean serves(ProcessHandle process) {
        boolean namesDirectory = process.info()
                .arguments()
                .map(arguments -> Arrays.asList(arguments).contains(directory.toString()))
                .orElse(false);
        return namesDirectory || worksInDirectory(process);
    }

    /** A postmaster's working directory is its data directory, however it was named on the command line. */
    private boolean worksInDirectory(ProcessHandle process) {
        Path link = Path.of("/proc", Long.toString(process.pid()), "cwd");
        try {
            return Files.isSymbolicLink(link) && Files.isSameFile(link, directory);
        } catch (IOException e) {
            return false;
        }
    }

    private String accessHint() throws IOException {
        return CommandLine.isRoot()
                ? "\nAs root, PostgreSQL runs in a user namespace and can use only directories that root itself may"
                        + " enter as their owner. Keep the data below a directory owned by root."
                : "";
    }
}
