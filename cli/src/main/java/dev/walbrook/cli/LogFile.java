package dev.walbrook.cli;

import dev.walbrook.cli.options.CommonOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Sends the logs of this process into a file below the data directory; the console belongs to the command. */
final class LogFile {

    /** Read by log4j2.xml. */
    private static final String PROPERTY = "walbrook.log.file";

    private LogFile() {}

    /** Must run before the first logger is made. */
    static void configure(ParseResult parsed) {
        if (!parsed.hasSubcommand()) {
            return;
        }
        ParseResult command = parsed.subcommand();
        OptionSpec dataDir = command.commandSpec().findOption(CommonOptions.DATA_DIR);
        if (dataDir == null || !(dataDir.getValue() instanceof Path directory)) {
            return;
        }
        String name = command.commandSpec().name();
        // Other commands must not create a data directory just to log into it.
        if (!name.equals("up") && !Files.exists(directory.resolve("up.properties"))) {
            return;
        }
        Path file = directory
                .resolve("logs")
                .resolve(name.equals("up") ? "walbrook.log" : "walbrook-" + name + ".log")
                .toAbsolutePath();
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            // No log is no reason not to work; up fails on its data directory with a better message.
            return;
        }
        if (Files.isWritable(file.getParent())) {
            System.setProperty(PROPERTY, file.toString());
        }
    }
}
