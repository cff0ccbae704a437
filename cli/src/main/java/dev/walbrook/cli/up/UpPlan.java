package dev.walbrook.cli.up;

import dev.walbrook.postgres.ConnectionSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What {@code walbrook up} was asked to do.
 *
 * @param dataDirectory where everything is kept, absolute
 * @param fresh whether to start over
 * @param sourcePort port of the embedded source
 * @param sinkPort port of the embedded sink
 * @param kafkaPort port of the embedded broker
 * @param connectPort port of the embedded worker's REST API
 * @param sql a script to load into the source before capture starts; null for none
 * @param source the user's own source; null for the embedded one
 * @param sink the user's own sink; null for the embedded one
 * @param kafka the user's own broker, {@code host:port}; null for the embedded one
 * @param connect the URL of the user's own worker; null for the embedded one
 * @param tables {@code table.include.list}; null for every table
 * @param shop the example to run beside the pipeline; null for none
 */
record UpPlan(
        Path dataDirectory,
        boolean fresh,
        int sourcePort,
        int sinkPort,
        int kafkaPort,
        int connectPort,
        @Nullable Path sql,
        @Nullable ConnectionSettings source,
        @Nullable ConnectionSettings sink,
        @Nullable String kafka,
        @Nullable String connect,
        @Nullable String tables,
        @Nullable ShopPlan shop) {

    /**
     * The example of two services.
     *
     * @param publisherPort port of the service that publishes
     * @param consumerPort port of the service that consumes
     */
    record ShopPlan(int publisherPort, int consumerPort) {}

    Path sourceDirectory() {
        return dataDirectory.resolve("source");
    }

    Path sinkDirectory() {
        return dataDirectory.resolve("sink");
    }

    Path kafkaDirectory() {
        return dataDirectory.resolve("kafka");
    }

    Path logsDirectory() {
        return dataDirectory.resolve("logs");
    }

    Path secretsDirectory() {
        return dataDirectory.resolve("secrets");
    }
}
