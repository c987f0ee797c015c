package io.sluice.testkit.client;

import io.sluice.testkit.wire.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A client that sends and receives datagrams. Strings are one byte for each char (ISO 8859-1). Loopback loses nothing as long as the
 * receiver's buffer has room: who sends much without receiving may lose some.
 *
 * <p><b>Thread:</b> one at a time.
 */
public final class DatagramClient implements AutoCloseable {
    private static final int LARGEST = 65_507;

    private final DatagramSocket socket;
    private final SocketAddress server;
    private SocketAddress from;

    private DatagramClient(DatagramSocket socket, SocketAddress server) {
        this.socket = socket;
        this.server = server;
        this.from = server;
    }

    /** To a port of 127.0.0.1. */
    public static DatagramClient to(int port) {
        return to(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** From a port of its own, to a server's address. */
    public static DatagramClient to(SocketAddress server) {
        try {
            InetAddress any = server instanceof InetSocketAddress inet
                            && inet.getAddress().getAddress().length == 16
                    ? InetAddress.getByName("::1")
                    : InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(any, 0));
            socket.setSoTimeout((int) Deadline.USUAL.toMillis());
            socket.setReceiveBufferSize(1 << 20);
            return new DatagramClient(socket, server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends one datagram, which may be empty. */
    public DatagramClient send(String bytes) {
        return send(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public DatagramClient send(byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, server));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next datagram, waited for. */
    public String receive() {
        return new String(receiveBytes(), StandardCharsets.ISO_8859_1);
    }

    public byte[] receiveBytes() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            socket.receive(packet);
        } catch (SocketTimeoutException late) {
            throw new AssertionError("no datagram came to " + socket.getLocalSocketAddress(), late);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        from = packet.getSocketAddress();
        return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Where the datagram came from that was received last. */
    public SocketAddress from() {
        return from;
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }
}
