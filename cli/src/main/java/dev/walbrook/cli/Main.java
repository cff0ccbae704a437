package dev.walbrook.cli;

import dev.walbrook.cli.options.CommonOptions;
import dev.walbrook.cli.tail.TailCommand;
import dev.walbrook.cli.up.UpCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The command line's entry point. */
@Command(
        name = "walbrook",
        description = "Change data capture for PostgreSQL on Apache Kafka Connect.",
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            LoadCommand.class,
            TailCommand.class,
            CompareCommand.class,
            StatusCommand.class,
            CommandLine.HelpCommand.class
        },
        footer = {"", "Start with: walbrook up", "Help for one command: walbrook help COMMAND"})
public final class Main implements Runnable {

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                args));
    }

    /** Runs one command and returns its exit code: 0 well, 1 failed or different, 2 wrong usage. */
    static int run(PrintWriter out, PrintWriter err, String... args) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setExecutionExceptionHandler(new ErrorReport())
                .setExecutionStrategy(parsed -> {
                    LogFile.configure(parsed);
                    return new CommandLine.RunLast().execute(parsed);
                })
                .execute(args);
    }

    /** Without a command: how to use it. */
    @Override
    public void run() {
        new CommandLine(new Main()).usage(System.out);
    }

    static boolean isDebug(CommandLine command) {
        CommandLine.Model.OptionSpec debug = command.getCommandSpec().findOption(CommonOptions.DEBUG);
        return debug != null && Boolean.TRUE.equals(debug.getValue());
    }

    /** The version that the build has written. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() throws IOException {
            Properties properties = new Properties();
            try (InputStream in = Main.class.getResourceAsStream("version.properties")) {
                if (in != null) {
                    properties.load(in);
                }
            }
            return new String[] {"walbrook " + properties.getProperty("version", "unknown")};
        }
    }
}
