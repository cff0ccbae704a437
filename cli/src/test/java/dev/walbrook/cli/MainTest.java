package dev.walbrook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhereThereIsNoPipeline() {
        int code = run("compare", "--data-dir", folder.toString());

        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("walbrook: there is no pipeline in " + folder)
                .contains("walbrook up");
        assertThat(err.toString()).doesNotContain("\tat ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void showsTheTraceWhenAsked() {
        run("compare", "--debug", "--data-dir", folder.toString());

        assertThat(err.toString()).contains("\tat dev.walbrook");
    }

    @Test
    void tellsWrongUsageFromFailure() {
        assertThat(run("load", "--tables", "customers", "--data-dir", folder.toString()))
                .isEqualTo(2);
        assertThat(run("up", "--connect", "http://h:8083", "--data-dir", folder.toString()))
                .isEqualTo(2);
        assertThat(run("nonsense")).isEqualTo(2);
    }

    @Test
    void printsTheVersionOfTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("walbrook \\d+\\.\\d+\\.\\d+.*\\R");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
