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

class RunningStateTest {

    @TempDir
    private Path folder;

    @Test
    void comesBackWithPasswordsThatStandInPrivateFilesOnly() throws IOException {
        RunningState state = new RunningState(
                new ConnectionSettings("127.0.0.1", 5433, "walbrook", "postgres", "s=e:c\\r ét", Map.of()),
                new ConnectionSettings("db", 5432, "my db", "me", "other", Map.of("sslmode", "require")),
                "127.0.0.1:9092",
                "http://127.0.0.1:8083",
                "walbrook-source",
                "walbrook-sink");

        state.store(folder);

        assertThat(RunningState.load(folder)).contains(state);
        assertThat(folder.resolve("up.properties")).content().doesNotContain("other", "s=e");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(RunningState.passwordFile(folder, "source"))))
                .isEqualTo("rw-------");
    }

    @Test
    void isEmptyWithoutARun() {
        assertThat(RunningState.load(folder)).isEmpty();
    }
}
