package dev.walbrook.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.postgres.ConnectionSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PgPassTest {

    private static final ConnectionSettings SETTINGS = new ConnectionSettings("h", 5432, "d", "me", null, Map.of());

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "h:5432:d:me:secret | secret",
                "*:*:*:*:any | any",
                "h:5432:d:me:with\\:colon | with:colon",
                "h:5432:d:me:with:colon | with:colon",
                "h:5432:d:me:back\\\\slash | back\\slash",
                "h:5433:d:me:secret | none",
                "other:5432:d:me:secret | none",
                "#h:5432:d:me:secret | none",
                "h:5432:d | none",
            })
    void matchesAsLibpqDoes(String line, String password) {
        assertThat(PgPass.match(line, SETTINGS)).isEqualTo(password);
    }

    @Test
    void takesTheFirstMatchingLine() throws IOException {
        Path file = file("# comment\nx:*:*:*:one\n*:*:d:*:two\n*:*:*:*:three\n", "rw-------");

        assertThat(PgPass.lookUp(file, SETTINGS)).contains("two");
    }

    @Test
    void ignoresAFileThatOthersCanRead() throws IOException {
        Path file = file("*:*:*:*:open\n", "rw-r--r--");

        assertThat(PgPass.lookUp(file, SETTINGS)).isEmpty();
    }

    private Path file(String text, String permissions) throws IOException {
        Path file = folder.resolve("pgpass");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }
}
