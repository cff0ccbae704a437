package dev.walbrook.benchmarks.report;

import dev.walbrook.benchmarks.server.Build;
import dev.walbrook.benchmarks.server.Servers;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;

/** The machine, the versions and the settings that figures depend on, as names and values for a report. */
public final class Environment {

    private Environment() {}

    /**
     * Looks around.
     *
     * @param load the load average before the servers were started
     */
    public static Map<String, String> look(Build build, Servers servers, double load) throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("commit", System.getProperty("walbrook.version.commit", "unknown"));
        facts.put("processor", line(Path.of("/proc/cpuinfo"), "model name", System.getProperty("os.arch")));
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("memory", line(Path.of("/proc/meminfo"), "MemTotal", "n/a"));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("load average at start", load < 0 ? "n/a" : String.format(Locale.ROOT, "%.2f", load));
        facts.put("Java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        facts.put("Kafka and Kafka Connect", AppInfoParser.getVersion());
        try (Connection connection = servers.source().open("postgres")) {
            facts.put("PostgreSQL", connection.getMetaData().getDatabaseProductVersion());
        }
        facts.put("Debezium", build.debeziumVersion());
        facts.put("Debezium's JDBC sink", build.debeziumSinkVersion());
        facts.put("PostgreSQL's settings", new TreeMap<>(Servers.POSTGRES_SETTINGS).toString());
        facts.put("broker's heap", Servers.BROKER_HEAP);
        return facts;
    }

    /** The load average of the last minute; negative if the system does not tell. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String line(Path file, String name, String otherwise) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) {
            return otherwise;
        }
    }
}
