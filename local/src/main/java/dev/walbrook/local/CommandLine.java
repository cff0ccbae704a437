package dev.walbrook.local;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Running PostgreSQL's programs: their environment, the prefix that root needs, and short commands to the end. */
final class CommandLine {

    /** What a command wrote to both of its outputs, and its exit status. */
    record Result(int status, String output) {}

    private CommandLine() {}

    /** A builder whose child sees none of the caller's PostgreSQL settings and speaks English. */
    static ProcessBuilder process(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        // PGPASSWORD must not reach a server's environment, and PGDATA or PGPORT would override our arguments.
        environment.keySet().removeIf(name -> name.startsWith("PG"));
        environment.put("LC_ALL", "C");
        return builder;
    }

    /** Runs a command to its end and returns what it said. */
    static Result run(List<String> command) throws IOException {
        Process process = process(command).start();
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output.trim());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while running " + command.get(0));
        }
    }

    /**
     * The given PostgreSQL command as this user may run it.
     *
     * <p>PostgreSQL refuses to run as root. For root the command runs in a user namespace of its own, where it is an
     * unprivileged user that still owns root's files. {@code unshare} replaces itself by the command, so the process
     * we start is the server's own.
     *
     * @throws StartException if this is root and user namespaces are not permitted
     */
    static List<String> unprivileged(List<String> command) throws IOException {
        if (!isRoot()) {
            return command;
        }
        String cure = " PostgreSQL does not run as root, and the way around it, a user namespace (unshare -U), is not"
                + " permitted here. Run as an ordinary user, or allow user namespaces"
                + " (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns;"
                + " in a container: a seccomp profile that allows unshare).";
        Path unshare = onPath("unshare");
        if (unshare == null) {
            throw new StartException("The program unshare (package util-linux) is missing." + cure);
        }
        Result trial = run(List.of(unshare.toString(), "-U", "true"));
        if (trial.status() != 0) {
            throw new StartException(trial.output() + "." + cure);
        }
        List<String> prefixed = new ArrayList<>(List.of(unshare.toString(), "-U"));
        prefixed.addAll(command);
        return prefixed;
    }

    /**
     * The command in a session of its own where the system can do that, so that Ctrl-C on the terminal reaches only
     * us and the servers stop in the order we choose.
     */
    static List<String> inOwnSession(List<String> command) {
        Path setsid = onPath("setsid");
        if (setsid == null) {
            return command;
        }
        List<String> prefixed = new ArrayList<>(List.of(setsid.toString()));
        prefixed.addAll(command);
        return prefixed;
    }

    static boolean isRoot() throws IOException {
        return run(List.of("id", "-u")).output().equals("0");
    }

    private static @Nullable Path onPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return Arrays.stream(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }
}
