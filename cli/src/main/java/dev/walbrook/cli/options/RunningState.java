package dev.walbrook.cli.options;

import dev.walbrook.admin.AdminException;
import dev.walbrook.postgres.ConnectionSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What {@code walbrook up} leaves for the other commands in its data directory: addresses without passwords in
 * {@code up.properties}, each password in a file of its own that the connectors read too.
 *
 * @param source the source database, with its password
 * @param sink the sink database, with its password
 * @param brokers the Kafka brokers, {@code host:port}
 * @param connectUrl the Connect worker
 * @param sourceConnector the source connector
 * @param sinkConnector the sink connector
 */
public record RunningState(
        ConnectionSettings source,
        ConnectionSettings sink,
        String brokers,
        String connectUrl,
        String sourceConnector,
        String sinkConnector) {

    private static final String FILE = "up.properties";
    private static final String PASSWORD = "password";

    /** The file with one database's password, as the property {@code password}. */
    public static Path passwordFile(Path dataDirectory, String role) {
        return dataDirectory.resolve("secrets").resolve(role + ".properties");
    }

    /** Writes state and passwords. */
    public void store(Path dataDirectory) {
        Properties properties = new Properties();
        properties.setProperty("source.url", PostgresUrl.format(source));
        properties.setProperty("sink.url", PostgresUrl.format(sink));
        properties.setProperty("kafka", brokers);
        properties.setProperty("connect.url", connectUrl);
        properties.setProperty("source.connector", sourceConnector);
        properties.setProperty("sink.connector", sinkConnector);
        try {
            storePassword(dataDirectory, "source", source.password());
            storePassword(dataDirectory, "sink", sink.password());
            PrivateFiles.store(dataDirectory.resolve(FILE), properties);
        } catch (IOException e) {
            throw new AdminException("cannot write into the data directory " + dataDirectory + ": " + e, "", e);
        }
    }

    private static void storePassword(Path dataDirectory, String role, @Nullable String password) throws IOException {
        Path file = passwordFile(dataDirectory, role);
        if (password == null) {
            Files.deleteIfExists(file);
            return;
        }
        Properties properties = new Properties();
        properties.setProperty(PASSWORD, password);
        PrivateFiles.store(file, properties);
    }

    /** What a {@code walbrook up} on this data directory has left; empty if there was none. */
    public static Optional<RunningState> load(Path dataDirectory) {
        try {
            Properties properties = read(dataDirectory.resolve(FILE));
            return Optional.of(new RunningState(
                    database(dataDirectory, "source", properties),
                    database(dataDirectory, "sink", properties),
                    properties.getProperty("kafka", ""),
                    properties.getProperty("connect.url", ""),
                    properties.getProperty("source.connector", ""),
                    properties.getProperty("sink.connector", "")));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new AdminException("cannot read " + dataDirectory.resolve(FILE) + ": " + e, "", e);
        }
    }

    private static ConnectionSettings database(Path dataDirectory, String role, Properties properties)
            throws IOException {
        ConnectionSettings settings = PostgresUrl.parse(properties.getProperty(role + ".url", ""), role + ".url");
        Path file = passwordFile(dataDirectory, role);
        return Files.exists(file)
                ? PostgresUrl.withPassword(settings, read(file).getProperty(PASSWORD))
                : PgPass.complete(settings);
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        return properties;
    }
}
