package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketType;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What the contract about datagrams needs: listening sockets for them, clients of the JDK, and patience. */
public abstract class DatagramHarness extends DriverHarness {
    protected static final int PATIENCE_MILLIS = 10_000;
    protected static final int MOST = 4;
    protected static final long SEED = 42;
    protected static final ListenOptions DATAGRAMS =
            ListenOptions.DEFAULT.with().socketType(SocketType.DATAGRAM).build();
    protected static final ListenOptions SHARED =
            DATAGRAMS.with().reusePort(true).build();

    /** How many sessions were told to have left. */
    protected int left;

    protected ListenSocket listen(Address address, ListenOptions options) throws ListenException {
        return closing(factory().listen(listening(address, options)));
    }

    protected ListenSocket listenOnIpv6(Address address, ListenOptions options) {
        try {
            return listen(address, options);
        } catch (ListenException refused) {
            assumeTrue(false, "this machine has no IPv6: " + refused.getMessage());
            throw new AssertionError(refused);
        }
    }

    protected DatagramSource watch(ListenSocket socket) {
        return closing(driver.datagrams(socket, LISTENER, MOST, SEED));
    }

    protected SharedEndpoint open(DatagramSource source, int datagram) {
        SharedEndpoint session = source.open(datagram, () -> left++);
        closing(session);
        return session;
    }

    /** Waits for one datagram. */
    protected int receiveOne(DatagramSource source) {
        for (int i = 0; i < 100; i++) {
            int n = source.receive();
            assertTrue(n <= 1, "more than one");
            if (n == 1) {
                return 0;
            }
            driver.poll(100_000_000);
        }
        return fail("nothing came");
    }

    protected String text(DatagramSource source, int datagram) {
        SharedEndpoint session = source.open(datagram, () -> left++);
        source.deliver(datagram, session);
        Buf into = pool.take(65_536);
        int n = session.read(into);
        session.close();
        assertEquals(n, into.size());
        return into.text();
    }

    protected DatagramSocket client() throws IOException {
        DatagramSocket socket = closing(
                new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0)));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    protected static void send(DatagramSocket from, Address to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByAddress(to.bytes()), to.port()));
    }

    protected static DatagramPacket receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        client.receive(packet);
        return packet;
    }

    protected static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    protected static OutgoingOptions named(Path local) {
        return OutgoingOptions.DATAGRAM.with().local(unix(local)).build();
    }

    protected static Address unix(Path path) {
        return Address.unix(path.toString().getBytes(StandardCharsets.UTF_8));
    }
}
