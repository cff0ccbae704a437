package dev.walbrook.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void findsAPortThatIsFree() {
        assertThat(Ports.isFree(Ports.free())).isTrue();
    }

    @Test
    void keepsTheChosenPort() {
        int free = Ports.free();

        assertThat(Ports.choose(free, "a test")).isEqualTo(free);
    }

    @Test
    void namesThePortAndTheServiceThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThat(Ports.isFree(port)).isFalse();
            assertThatThrownBy(() -> Ports.choose(port, "the tea service"))
                    .isInstanceOfSatisfying(
                            PortInUseException.class, e -> assertThat(e.port()).isEqualTo(port))
                    .hasMessageContaining("Port " + port)
                    .hasMessageContaining("the tea service");
        }
    }

    @Test
    void findsTheHolderOfAPort() throws IOException {
        assumeThat(Files.isReadable(Path.of("/proc/net/tcp"))).isTrue();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            assertThat(Ports.holder(taken.getLocalPort()))
                    .get()
                    .extracting(Ports.Holder::pid)
                    .isEqualTo(ProcessHandle.current().pid());
        }
    }
}
