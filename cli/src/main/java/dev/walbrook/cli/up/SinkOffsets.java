package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import dev.walbrook.admin.pipeline.ConnectorConfigs;
import dev.walbrook.admin.pipeline.SinkDatabase;
import dev.walbrook.cli.options.PrivateFiles;
import dev.walbrook.postgres.ConnectionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Keeps the offsets in the sink and the Kafka data directory together. The sink outlives a Kafka directory that somebody
 * removed, and its connector rightly refuses to go on with topics that only have the old ones' names. Since this program
 * owns the directory, it knows that the old topics are gone, and forgets their offsets itself.
 */
final class SinkOffsets {

    /** Which Kafka cluster the sink's offsets are of; in the data directory. */
    static final String FILE = "sink-offsets.properties";

    private static final String CLUSTER = "kafka.cluster";

    private SinkOffsets() {}

    /**
     * Forgets the sink connector's offsets unless they are of this cluster. To be called before the connector runs.
     *
     * @param cluster the identifier of the cluster that runs now
     * @throws AdminException if the sink or the data directory cannot be read or written
     */
    static void keepOnlyOf(
            String cluster, String connector, ConnectionSettings sink, Path dataDirectory, Consumer<String> report) {
        Path file = dataDirectory.resolve(FILE);
        try {
            if (cluster.equals(read(file).getProperty(CLUSTER))) {
                return;
            }
            forget(connector, sink, report);
            // Only now: a run that is killed before does it again.
            Properties properties = new Properties();
            properties.setProperty(CLUSTER, cluster);
            PrivateFiles.store(file, properties);
        } catch (IOException e) {
            throw new AdminException("cannot write into the data directory " + dataDirectory + ": " + e, "", e);
        }
    }

    private static void forget(String connector, ConnectionSettings sink, Consumer<String> report) {
        try (SinkDatabase database = SinkDatabase.open(sink)) {
            int partitions = database.forgetOffsets(ConnectorConfigs.SINK_OFFSETS, "connect-" + connector);
            if (partitions > 0) {
                report.accept(
                        "Kafka's data directory is new: forgot the offsets of " + connector + " in the sink's table "
                                + ConnectorConfigs.SINK_OFFSETS + " (" + partitions + ", of topics that are no more)");
            }
        } catch (SQLException e) {
            throw new AdminException(
                    "cannot forget the offsets of " + connector + " in the sink: " + e.getMessage(),
                    "They are of a Kafka data directory that is no more. Delete the rows with consumer_group = 'connect-"
                            + connector + "' from " + ConnectorConfigs.SINK_OFFSETS + " yourself.",
                    e);
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (NoSuchFileException e) {
            return properties;
        }
        return properties;
    }
}
