package dev.walbrook.conformance;

import dev.walbrook.testkit.TestConnect;
import dev.walbrook.testkit.TestKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The one worker that has both connectors on its plugin path; it ends with the JVM. */
final class Servers {

    private static @Nullable TestConnect worker;

    private Servers() {}

    static synchronized TestConnect worker() {
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

    /** The repository: the folder above the module that the tests run in. */
    static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("conformance")) ? here : here.getParent();
    }
}
