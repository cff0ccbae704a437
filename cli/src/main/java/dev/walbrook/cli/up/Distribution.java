package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where this program is installed. */
final class Distribution {

    private Distribution() {}

    /**
     * The folder for a worker's {@code plugin.path}: it holds the plugin's own folder.
     *
     * @throws AdminException if the program was not started by its launcher
     */
    static Path plugins() {
        String home = System.getProperty("walbrook.home");
        Path plugins =
                Path.of(home == null ? "." : home, "plugins").toAbsolutePath().normalize();
        if (!Files.isDirectory(plugins.resolve("walbrook-connect"))) {
            throw new AdminException(
                    "the plugin folder " + plugins.resolve("walbrook-connect") + " is missing",
                    "Start the program by its launcher, ./walbrook, which builds what is missing.");
        }
        return plugins;
    }

    /**
     * A service of an example, which the launcher builds when it is first asked for.
     *
     * @param name such as {@code shop-publisher}
     * @throws AdminException if it was not built
     */
    static Path service(String name) {
        String home = System.getProperty("walbrook.home");
        Path jar = Path.of(home == null ? "." : home, "examples", name + "-service.jar")
                .toAbsolutePath()
                .normalize();
        if (!Files.isRegularFile(jar)) {
            throw new AdminException(
                    "the example's service " + jar + " is missing",
                    "Start the program by its launcher, ./walbrook, which builds what is missing.");
        }
        return jar;
    }
}
