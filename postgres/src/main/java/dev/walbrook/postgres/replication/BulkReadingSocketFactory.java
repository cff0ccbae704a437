package dev.walbrook.postgres.replication;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets that read much at once. pgjdbc asks its socket for 8 kB at a time, some twenty changes, and asks it first
 * whether there is anything.
 *
 * <p>pgjdbc makes the factory itself, by its name ({@code socketFactory}). TLS goes over the socket, so that encrypted bytes
 * are read in bulk too.
 */
public final class BulkReadingSocketFactory extends SocketFactory {

    private static final int BUFFER_BYTES = 128 * 1024;

    /** For pgjdbc. */
    public BulkReadingSocketFactory() {}

    /** A socket whose input is buffered; it belongs to one thread at a time, as a JDBC connection does. */
    private static final class BulkReadingSocket extends Socket {

        private @Nullable InputStream input;

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream open = input;
            if (open == null) {
                open = new BufferedInputStream(super.getInputStream(), BUFFER_BYTES) {
                    @Override
                    public synchronized int available() throws IOException {
                        // What is here already is answer enough, and costs no call of the system.
                        return count > pos ? count - pos : super.available();
                    }
                };
                input = open;
            }
            return open;
        }
    }

    @Override
    public Socket createSocket() {
        return new BulkReadingSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return connected(null, new InetSocketAddress(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return connected(new InetSocketAddress(localHost, localPort), new InetSocketAddress(host, port));
    }

    private static Socket connected(@Nullable InetSocketAddress from, InetSocketAddress to) throws IOException {
        Socket socket = new BulkReadingSocket();
        try {
            socket.bind(from);
            socket.connect(to);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
