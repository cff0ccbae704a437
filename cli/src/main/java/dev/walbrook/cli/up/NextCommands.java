package dev.walbrook.cli.up;

import dev.walbrook.cli.options.PostgresUrl;
import dev.walbrook.cli.options.RunningState;
import java.nio.file.Path;
import java.util.List;

/** Where everything is, and what to try next. */
final class NextCommands {

    private NextCommands() {}

    static List<String> addresses(RunningState state, Path dataDirectory) {
        return List.of(
                "source   " + PostgresUrl.format(state.source()),
                "sink     " + PostgresUrl.format(state.sink()),
                "Kafka    " + state.brokers(),
                "Connect  " + state.connectUrl(),
                "data     " + dataDirectory);
    }

    static List<String> commands(Path dataDirectory) {
        boolean usual =
                dataDirectory.equals(Path.of(".walbrook").toAbsolutePath().normalize());
        String option = usual ? "" : " --data-dir '" + dataDirectory + '\'';
        return List.of(
                "./walbrook load --rate 50 --count 0" + option + "   write changes",
                "./walbrook tail" + option + "   see them as events",
                "./walbrook compare" + option + "   prove that the sink is right");
    }
}
