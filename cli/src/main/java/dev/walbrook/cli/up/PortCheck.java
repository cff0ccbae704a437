package dev.walbrook.cli.up;

import dev.walbrook.admin.AdminException;
import dev.walbrook.local.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at all wanted ports before anything is started, so that one message names every one that is taken. */
final class PortCheck {

    private PortCheck() {}

    /** @throws AdminException naming each port in use, the process that has it, and the option that changes it */
    static void run(UpPlan plan) {
        List<String> taken = new ArrayList<>();
        Map<Integer, String> wanted = new HashMap<>();
        if (plan.source() == null) {
            check(plan.sourcePort(), "the source PostgreSQL", "--source-port", plan.sourceDirectory(), wanted, taken);
        }
        if (plan.sink() == null) {
            check(plan.sinkPort(), "the sink PostgreSQL", "--sink-port", plan.sinkDirectory(), wanted, taken);
        }
        if (plan.kafka() == null) {
            check(plan.kafkaPort(), "the Kafka broker", "--kafka-port", null, wanted, taken);
        }
        if (plan.connect() == null) {
            check(plan.connectPort(), "the Kafka Connect worker", "--connect-port", null, wanted, taken);
        }
        if (plan.shop() != null) {
            check(plan.shop().publisherPort(), "the example's publisher", "--publisher-port", null, wanted, taken);
            check(plan.shop().consumerPort(), "the example's consumer", "--consumer-port", null, wanted, taken);
        }
        if (!taken.isEmpty()) {
            throw new AdminException(String.join(System.lineSeparator() + "walbrook: ", taken), "");
        }
    }

    private static void check(
            int port,
            String server,
            String option,
            @Nullable Path dataDirectory,
            Map<Integer, String> wanted,
            List<String> taken) {
        String other = wanted.put(port, server);
        if (other != null) {
            taken.add(
                    "port " + port + " is wanted for " + other + " and for " + server + "; change one with " + option);
            return;
        }
        if (Ports.isFree(port)) {
            return;
        }
        String holder = Ports.holder(port)
                .map(process -> " by process " + process.pid() + " (" + process.command() + ")")
                .orElse("");
        boolean ownLeftover = dataDirectory != null
                && Ports.holder(port)
                        .map(process -> DataDirectory.leftover(dataDirectory)
                                .filter(pid -> pid == process.pid())
                                .isPresent())
                        .orElse(false);
        // A server that outlived a killed run is stopped when its data directory is opened again.
        if (!ownLeftover) {
            taken.add("port " + port + ", wanted for " + server + ", is in use" + holder + "; choose another with "
                    + option);
        }
    }
}
