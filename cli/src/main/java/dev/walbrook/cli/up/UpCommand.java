package dev.walbrook.cli.up;

import dev.walbrook.cli.StopSignal;
import dev.walbrook.cli.Terminal;
import dev.walbrook.cli.UsageException;
import dev.walbrook.cli.options.CommonOptions;
import dev.walbrook.cli.options.PgPass;
import dev.walbrook.cli.options.PostgresUrl;
import dev.walbrook.postgres.ConnectionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Starts everything and keeps it running until Ctrl-C. */
@Command(
        name = "up",
        description = {
            "Start a source and a sink PostgreSQL, a Kafka broker and a Kafka Connect worker, all on 127.0.0.1,",
            "and replicate the source into the sink until Ctrl-C. A second start continues where the first stopped."
        },
        sortOptions = false)
public final class UpCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--sql",
            paramLabel = "FILE",
            description = "Load this script (any plain pg_dump) into the source before capture starts, "
                    + "instead of the sample schema.")
    private @Nullable Path sql;

    @Option(
            names = "--tables",
            paramLabel = "PATTERN",
            split = ",",
            description = "Capture only these tables: regular expressions on schema.table, or a table's bare name.")
    private @Nullable List<String> tables;

    @Option(names = "--fresh", description = "Forget everything of earlier runs first.")
    private boolean fresh;

    @Option(
            names = "--source",
            paramLabel = "URL",
            description = "Capture your own database: postgresql://user[:password]@host[:port]/database.")
    private @Nullable String source;

    @Option(names = "--sink", paramLabel = "URL", description = "Replicate into your own database.")
    private @Nullable String sink;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Use your own Kafka broker.")
    private @Nullable String kafka;

    @Option(names = "--connect", paramLabel = "URL", description = "Use your own Kafka Connect worker; needs --kafka.")
    private @Nullable String connect;

    @Option(
            names = "--source-port",
            paramLabel = "PORT",
            defaultValue = "5433",
            description = "Port of the embedded source (default: ${DEFAULT-VALUE}).")
    private int sourcePort = 5433;

    @Option(
            names = "--sink-port",
            paramLabel = "PORT",
            defaultValue = "5434",
            description = "Port of the embedded sink (default: ${DEFAULT-VALUE}).")
    private int sinkPort = 5434;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the embedded Kafka broker (default: ${DEFAULT-VALUE}).")
    private int kafkaPort = 9092;

    @Option(
            names = "--connect-port",
            paramLabel = "PORT",
            defaultValue = "8083",
            description = "Port of the embedded Kafka Connect worker (default: ${DEFAULT-VALUE}).")
    private int connectPort = 8083;

    @Option(
            names = "--example",
            paramLabel = "NAME",
            description = "Run an example beside the pipeline: shop, a service that publishes events through a "
                    + "transactional outbox and a service that receives them.")
    private @Nullable String example;

    @Option(
            names = "--publisher-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Port of the example's publisher (default: ${DEFAULT-VALUE}).")
    private int publisherPort = 8080;

    @Option(
            names = "--consumer-port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the example's consumer (default: ${DEFAULT-VALUE}).")
    private int consumerPort = 8081;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Override
    public Integer call() {
        UpPlan plan = plan();
        Terminal terminal = Terminal.detect();
        StopSignal stop = StopSignal.install();
        try {
            new UpSession(plan, Objects.requireNonNull(spec).commandLine().getOut(), terminal, stop).run();
        } finally {
            stop.finished();
        }
        return 0;
    }

    private UpPlan plan() {
        if (connect != null && kafka == null) {
            throw new UsageException("--connect needs --kafka: the address of the broker that your worker uses");
        }
        if (fresh && (kafka != null || connect != null)) {
            throw new UsageException("--fresh forgets what walbrook keeps itself; with --kafka or --connect remove the "
                    + "connectors, their offsets and the topics there yourself");
        }
        if (sql != null && !Files.isReadable(sql)) {
            throw new UsageException("cannot read the file " + sql + " of --sql");
        }
        if (example != null && !example.equals("shop")) {
            throw new UsageException("there is no example " + example + "; there is: shop");
        }
        if (example != null && (source != null || sink != null || kafka != null || connect != null)) {
            throw new UsageException(
                    "--example runs on the servers that walbrook starts itself; leave out --source, "
                            + "--sink, --kafka and --connect. Each service runs by itself on yours: see examples/shop/README.md");
        }
        return new UpPlan(
                common.dataDirectory(),
                fresh,
                sourcePort,
                sinkPort,
                kafkaPort,
                connectPort,
                sql,
                settings(source, "--source"),
                settings(sink, "--sink"),
                kafka,
                connect,
                includeList(tables),
                example == null ? null : new UpPlan.ShopPlan(publisherPort, consumerPort));
    }

    private static @Nullable ConnectionSettings settings(@Nullable String url, String option) {
        return url == null ? null : PgPass.complete(PostgresUrl.parse(url, option));
    }

    /** A bare name means that table in any schema. */
    static @Nullable String includeList(@Nullable List<String> tables) {
        if (tables == null || tables.isEmpty()) {
            return null;
        }
        return tables.stream()
                .flatMap(entry -> Arrays.stream(entry.split(",")))
                .map(String::strip)
                .filter(entry -> !entry.isEmpty())
                .map(entry -> entry.indexOf('.') < 0 ? "[^.]+\\." + entry : entry)
                .collect(Collectors.joining(","));
    }
}
