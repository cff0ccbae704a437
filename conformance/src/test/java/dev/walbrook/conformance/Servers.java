package dev.walbrook.conformance;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one worker that has both connectors on its plugin path; it ends with the JVM. */
public final class Servers {

    private static @Nullable TestConnect worker;
    private static @Nullable TestConnect sinkWorker;

    private Servers() {}

    public static synchronized TestConnect worker() {
        if (worker == null) {
            Path root = root();
            String pluginPath =
                    root.resolve("connect/target/plugin") + "," + root.resolve("conformance/target/plugins");
            worker = TestConnect.untilExit(
                    TestKafka.shared(),
                    root.resolve("conformance/target/plugins"),
                    Map.of("plugin.path", pluginPath, "offset.flush.interval.ms", "200"));
        }
        return worker;
    }

    /**
     * The one worker that has both sinks on its plugin path, and both sources to fill topics with; it ends with the JVM.
     * Debezium's sink brings jars of its own that the sources' worker must not see.
     */
    public static synchronized TestConnect sinkWorker() {
        if (sinkWorker == null) {
            Path root = root();
            Path sinks = root.resolve("conformance/target/sink-plugins");
            String pluginPath = root.resolve("connect/target/plugin") + "," + root.resolve("conformance/target/plugins")
                    + "," + sinks;
            sinkWorker = TestConnect.untilExit(
                    TestKafka.shared(), sinks, Map.of("plugin.path", pluginPath, "offset.flush.interval.ms", "200"));
        }
        return sinkWorker;
    }

    /** The repository: the folder above the module that the tests run in. */
    public static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("conformance")) ? here : here.getParent();
    }
}
