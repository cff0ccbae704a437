package dev.walbrook.cli.options;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Options of every command. */
public final class CommonOptions {

    public static final String DATA_DIR = "--data-dir";
    public static final String DEBUG = "--debug";

    @Option(
            names = DATA_DIR,
            paramLabel = "DIR",
            defaultValue = ".walbrook",
            description = "Where walbrook up keeps its data and logs (default: ${DEFAULT-VALUE}).")
    private Path dataDirectory = Path.of(".walbrook");

    @Option(names = DEBUG, description = "Show the stack trace of a failure.")
    private boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli looks at it.
    private boolean help;

    /** The data directory, absolute. */
    public Path dataDirectory() {
        return dataDirectory.toAbsolutePath().normalize();
    }

    public boolean debug() {
        return debug;
    }
}
