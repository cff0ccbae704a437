package dev.walbrook.cli.options;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/** Property files that only their owner can read, written whole or not at all. */
public final class PrivateFiles {

    private PrivateFiles() {}

    /** Writes the file, readable by the owner only from its first byte on. */
    public static void store(Path file, Properties properties) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        Path unfinished = Files.createTempFile(directory, file.getFileName().toString(), ".new", ownerOnly(file));
        try (OutputStream out = Files.newOutputStream(unfinished)) {
            properties.store(out, null);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly(Path file) throws IOException {
        return Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
