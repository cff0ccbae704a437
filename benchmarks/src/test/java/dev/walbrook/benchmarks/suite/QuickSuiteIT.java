package dev.walbrook.benchmarks.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The whole command with next to no data: it works, whatever the figures. */
class QuickSuiteIT {

    private static final Path OUTPUT = Path.of("target", "quick-report").toAbsolutePath();

    @Test
    void allConnectorsDeliverTheSameAndAreReported() throws IOException {
        int status = new CommandLine(new Main())
                .execute(
                        "--quick",
                        "--changes=500",
                        "--seconds=1",
                        "--workloads=catch-up,catch-up-schemas,snapshot,latency-200,huge-transaction,sink-insert,road,"
                                + "initial-load",
                        "--contenders=walbrook-tuned,debezium-tuned,raw-text,raw-binary-decoded,copy-text,producer,"
                                + "walbrook-sink,debezium-sink-tuned,copy-in,walbrook-road-tuned,subscription",
                        "--output=" + OUTPUT);

        assertThat(status)
                .as("0 means that all got to the end and delivered the same")
                .isZero();
        assertThat(OUTPUT.resolve("report.md")).content().contains("events/s", "walbrook-tuned", "debezium-tuned");
        assertThat(OUTPUT.resolve("plots/catch-up-json-events-per-second.svg")).exists();
        JsonNode report =
                new ObjectMapper().readTree(OUTPUT.resolve("report.json").toFile());
        JsonNode catchUp = report.path("sections").path(0).path("rounds");
        assertThat(catchUp.path("walbrook-tuned").path(0).path("records").asInt())
                .isEqualTo(550);
        assertThat(catchUp.path("debezium-tuned").path(0).path("sum").asText())
                .isEqualTo(catchUp.path("walbrook-tuned").path(0).path("sum").asText());
        assertThat(report.path("environment").path("PostgreSQL").asText()).isNotEmpty();
    }
}
