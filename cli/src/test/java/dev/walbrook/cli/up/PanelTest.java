package dev.walbrook.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.walbrook.admin.connect.ConnectorStatus;
import dev.walbrook.admin.connect.ConnectorStatus.State;
import dev.walbrook.admin.pipeline.PipelineSample;
import dev.walbrook.admin.pipeline.SlotProgress;
import dev.walbrook.admin.pipeline.TableProgress;
import dev.walbrook.cli.Terminal;
import dev.walbrook.cli.options.RunningState;
import dev.walbrook.postgres.ConnectionSettings;
import dev.walbrook.postgres.Lsn;
import dev.walbrook.postgres.TableId;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PanelTest {

    private static final ConnectionSettings DATABASE =
            new ConnectionSettings("127.0.0.1", 5433, "walbrook", "postgres", "secret", Map.of());
    private static final RunningState STATE = new RunningState(
            DATABASE, DATABASE, "127.0.0.1:9092", "http://127.0.0.1:8083", "walbrook-source", "walbrook-sink");
    private static final Path DATA = Path.of("/data dir");

    private final StringWriter written = new StringWriter();

    @Test
    void redrawsInPlaceWithoutEverWrapping() {
        Panel panel = new Panel(new PrintWriter(written), new Terminal(true, true, 40, 24), STATE, DATA);

        panel.show(sample(State.RUNNING, null));
        int lines = (int) written.toString().lines().count();
        written.getBuffer().setLength(0);
        panel.show(sample(State.RUNNING, null));

        assertThat(written.toString()).startsWith("\u001b[" + (lines - 1) + "F");
        assertThat(written.toString().lines().map(line -> line.replaceAll("\u001b\\[[0-9?]*[A-Za-z]", "")))
                .allMatch(line -> line.length() < 40);
        assertThat(written.toString()).doesNotContain("secret");
    }

    @Test
    void showsAFailureWithItsCure() {
        Panel panel = new Panel(new PrintWriter(written), new Terminal(true, false, 200, 60), STATE, DATA);

        List<String> lines = panel.lines(sample(State.FAILED, "x.WalbrookException: it broke -- mend it\n\tat x"));

        assertThat(lines).anyMatch(line -> line.contains("FAILED")).contains("    it broke", "    mend it");
    }

    @Test
    void printsPlainLinesOnlyWhenSomethingChanges() {
        PlainLines plain = new PlainLines(new PrintWriter(written), STATE, DATA);

        plain.show(sample(State.RUNNING, null));
        String first = written.toString();
        plain.show(sample(State.RUNNING, null));

        assertThat(first).contains("RUNNING", "1,234 events", "lag: source 256 B, sink 7 records");
        assertThat(written).hasToString(first);
        assertThat(first).doesNotContain("\u001b");
    }

    @Test
    void takesBareTableNamesAsThatTableInAnySchema() {
        assertThat(UpCommand.includeList(List.of("orders", "public\\.p.*"))).isEqualTo("[^.]+\\.orders,public\\.p.*");
        assertThat(UpCommand.includeList(null)).isNull();
    }

    private static PipelineSample sample(State task, String trace) {
        return new PipelineSample(
                List.of(new ConnectorStatus(
                        "walbrook-source",
                        State.RUNNING,
                        null,
                        List.of(new ConnectorStatus.Task(0, task, "127.0.0.1:8083", trace)))),
                List.of(new TableProgress(new TableId("public", "a_table_with_a_rather_long_name"), 1234, 1000)),
                1234,
                10,
                Optional.of(new SlotProgress(true, new Lsn(0x100), new Lsn(0x200))),
                7,
                List.of());
    }
}
