package dev.walbrook.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of the loopback address: finding free ones, and telling who holds a taken one. */
public final class Ports {

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** The state column of {@code /proc/net/tcp} for a listening socket, see proc_pid_net(5). */
    private static final String LISTEN = "0A";

    private static final int FIRST_FREE_PORT = 15_000;

    /** Linux gives ports from 32768 to outgoing connections, see ip_local_port_range in ip(7); macOS from 49152. */
    private static final int END_OF_FREE_PORTS = 32_768;

    private static final int FREE_PORT_ATTEMPTS = 200;

    /** A process that listens on a port; {@code command} is its program, without arguments. */
    public record Holder(long pid, String command) {}

    private Ports() {}

    /**
     * A port that was free a moment ago. Nothing reserves it: whoever binds it must be ready to lose the race.
     *
     * <p>It is below the ports that systems give to outgoing connections. Among those, a client that keeps trying to
     * reach a stopped server of this machine may by chance be connected to itself, and the server cannot come back.
     */
    public static int free() {
        for (int attempt = 0; attempt < FREE_PORT_ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_FREE_PORT, END_OF_FREE_PORTS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new StartException(
                "No free port was found on 127.0.0.1 between " + FIRST_FREE_PORT + " and " + END_OF_FREE_PORTS + ".");
    }

    /** Whether a server could listen on the port of the loopback address now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Servers set this too; without it the closed connections of an earlier run would count as "in use".
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(LOOPBACK, port));
            return true;
        } catch (BindException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot probe port " + port, e);
        }
    }

    /**
     * The port to use for a service: a free one for 0, otherwise the given one.
     *
     * @param service the service's name for the message
     * @throws PortInUseException if the given port is taken
     */
    public static int choose(int port, String service) {
        if (port == 0) {
            return free();
        }
        if (!isFree(port)) {
            throw new PortInUseException(service, port, holder(port));
        }
        return port;
    }

    /** The process that listens on the port; empty where the system has no {@code /proc} or does not let us look. */
    public static Optional<Holder> holder(int port) {
        Set<String> inodes = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            inodes.addAll(listeningInodes(Path.of(table), port));
        }
        return inodes.isEmpty() ? Optional.empty() : processWithSocket(inodes);
    }

    private static Set<String> listeningInodes(Path table, int port) {
        Set<String> inodes = new HashSet<>();
        try {
            String suffix = ":%04X".formatted(port);
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.trim().split("\\s+");
                if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTEN)) {
                    inodes.add("socket:[" + columns[9] + "]");
                }
            }
        } catch (IOException e) {
            return Set.of();
        }
        return inodes;
    }

    private static Optional<Holder> processWithSocket(Set<String> inodes) {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holdsSocket(process, inodes)) {
                    long pid = Long.parseLong(process.getFileName().toString());
                    return Optional.of(new Holder(pid, command(pid)));
                }
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean holdsSocket(Path process, Set<String> inodes) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path descriptor : descriptors) {
                if (inodes.contains(linkTarget(descriptor))) {
                    return true;
                }
            }
        } catch (IOException e) {
            // Another user's process, or one that has just ended.
            return false;
        }
        return false;
    }

    private static String linkTarget(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            return "";
        }
    }

    /** The program's name only: arguments may carry another program's secrets. */
    private static String command(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().command())
                .map(path -> Path.of(path).getFileName().toString())
                .orElse("unknown");
    }
}
