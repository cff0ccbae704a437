package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import dev.walbrook.local.ConnectWorker;
import dev.walbrook.local.KafkaBroker;
import dev.walbrook.local.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The servers that this process runs: up to two databases, a broker and a worker, each unless the user has an own one. */
final class LocalServers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalServers.class);

    private final UpPlan plan;
    private final Consumer<String> report;
    private volatile @Nullable PostgresServer source;
    private volatile @Nullable PostgresServer sink;
    private volatile @Nullable KafkaBroker broker;
    private volatile @Nullable ConnectWorker worker;

    LocalServers(UpPlan plan, Consumer<String> report) {
        this.plan = plan;
        this.report = report;
    }

    /** Starts all that are wanted side by side; when one fails, the others are left for {@link #close()}. */
    void start() {
        List<Callable<Void>> starts = new ArrayList<>();
        if (plan.source() == null) {
            starts.add(() -> {
                PostgresServer server = PostgresServer.builder()
                        .dataDirectory(plan.sourceDirectory())
                        .port(plan.sourcePort())
                        .setting("wal_level", "logical")
                        .logFile(log("source-postgresql.log"))
                        .start();
                source = server;
                report.accept("source: " + server);
                return null;
            });
        }
        if (plan.sink() == null) {
            starts.add(() -> {
                PostgresServer server = PostgresServer.builder()
                        .dataDirectory(plan.sinkDirectory())
                        .port(plan.sinkPort())
                        .logFile(log("sink-postgresql.log"))
                        .start();
                sink = server;
                report.accept("sink: " + server);
                return null;
            });
        }
        starts.add(() -> {
            startKafka();
            return null;
        });
        runAll(starts);
    }

    private void startKafka() {
        String brokers = plan.kafka();
        if (brokers == null) {
            KafkaBroker started = KafkaBroker.builder()
                    .dataDirectory(plan.kafkaDirectory())
                    .port(plan.kafkaPort())
                    .start();
            broker = started;
            brokers = started.bootstrapServers();
            report.accept("Kafka broker: " + brokers);
        }
        if (plan.connect() == null) {
            ConnectWorker started = ConnectWorker.builder()
                    .bootstrapServers(brokers)
                    .port(plan.connectPort())
                    .pluginPath(Distribution.plugins())
                    // Lets the connectors read their passwords from files, so that the REST API does not show them.
                    .property("config.providers", "file")
                    .property(
                            "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider")
                    .property(
                            "config.providers.file.param.allowed.paths",
                            plan.secretsDirectory().toString())
                    .property("offset.flush.interval.ms", "1000")
                    .start();
            worker = started;
            report.accept("Kafka Connect worker: " + started.restUrl());
        }
    }

    private Path log(String name) {
        return plan.dataDirectory().resolve("logs").resolve(name);
    }

    private static void runAll(List<Callable<Void>> starts) {
        ExecutorService threads = Executors.newFixedThreadPool(starts.size());
        try {
            List<Future<Void>> running = starts.stream().map(threads::submit).toList();
            Throwable failure = null;
            // Every start is waited for, so that close() finds all that have come up.
            for (Future<Void> start : running) {
                try {
                    start.get();
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                    threads.shutdownNow();
                } catch (CancellationException e) {
                    LOG.debug("not started any more", e);
                }
            }
            if (failure instanceof RuntimeException e) {
                throw e;
            }
            if (failure != null) {
                throw new AdminException("a server cannot be started: " + failure, "See the log.", failure);
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            awaitEnd(threads);
            throw new AdminException("stopped while starting", "", e);
        } finally {
            threads.shutdown();
        }
    }

    private static void awaitEnd(ExecutorService threads) {
        try {
            if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
                LOG.warn("a server is still starting while the others are stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The embedded source; null if the user has an own one. */
    @Nullable
    PostgresServer source() {
        return source;
    }

    /** The embedded sink; null if the user has an own one. */
    @Nullable
    PostgresServer sink() {
        return sink;
    }

    /** The broker's address, {@code host:port}. */
    String brokers() {
        KafkaBroker running = broker;
        return running != null ? running.bootstrapServers() : String.valueOf(plan.kafka());
    }

    /** Which Kafka cluster the embedded broker is; empty if the user has an own one. */
    Optional<String> kafkaCluster() {
        return Optional.ofNullable(broker).map(KafkaBroker::clusterId);
    }

    /** The worker's address. */
    String connectUrl() {
        ConnectWorker running = worker;
        return running != null ? running.restUrl() : String.valueOf(plan.connect());
    }

    /** Why the broker or the worker cannot go on; empty as long as they can. */
    Optional<String> failure() {
        KafkaBroker runningBroker = broker;
        ConnectWorker runningWorker = worker;
        Optional<String> failure = runningWorker == null ? Optional.empty() : runningWorker.failure();
        return failure.or(() -> runningBroker == null ? Optional.empty() : runningBroker.failure());
    }

    /** Stops the worker, then the broker, then the databases: nobody loses what it still needs. */
    @Override
    public void close() {
        closeQuietly(worker);
        closeQuietly(broker);
        Thread other = new Thread(() -> closeQuietly(sink), "walbrook-stop-sink");
        other.start();
        closeQuietly(source);
        try {
            other.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that cannot be stopped must not keep the others running. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private static void closeQuietly(@Nullable AutoCloseable server) {
        if (server == null) {
            return;
        }
        try {
            server.close();
        } catch (Exception e) {
            LOG.error("{} did not stop in order", server, e);
        }
    }
}
