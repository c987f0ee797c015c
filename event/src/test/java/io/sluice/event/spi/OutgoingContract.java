package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.KeepaliveProbes;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a connection is made: where it comes from, and what is set before it connects. */
public abstract class OutgoingContract extends DriverHarness {
    private static final long TOKEN = 9L << 32 | 5;
    private static final int RANGE = 20;

    /** Asks the system for an option of a socket. */
    protected abstract int option(Endpoint endpoint, SocketOption option) throws IOException;

    @Test
    public void buffers_are_set_before_it_connects() throws Exception {
        OutgoingOptions how = OutgoingOptions.DEFAULT
                .with()
                .receiveBuffer(40_000)
                .sendBuffer(30_000)
                .build();
        try (ServerSocket server = server()) {
            Endpoint ours = closing(connecting(driver.connect(at(server), how, TOKEN)));
            assertEquals(40_000, option(ours, SocketOption.RECEIVE_BUFFER));
            assertEquals(30_000, option(ours, SocketOption.SEND_BUFFER));
        }
    }

    @Test
    public void silent_connections_are_probed_as_the_numbers_say() throws Exception {
        OutgoingOptions how = OutgoingOptions.DEFAULT
                .with()
                .keepalive(new KeepaliveProbes(true, 77, 7, 5))
                .build();
        try (ServerSocket server = server()) {
            Endpoint ours = closing(connecting(driver.connect(at(server), how, TOKEN)));
            assertEquals(1, option(ours, SocketOption.KEEPALIVE));
            assertEquals(77, option(ours, SocketOption.KEEPALIVE_IDLE_SECONDS));
            assertEquals(7, option(ours, SocketOption.KEEPALIVE_INTERVAL_SECONDS));
            assertEquals(5, option(ours, SocketOption.KEEPALIVE_PROBES));
            Endpoint plain = closing(connecting(driver.connect(at(server), OutgoingOptions.DEFAULT, TOKEN)));
            assertEquals(0, option(plain, SocketOption.KEEPALIVE));
        }
    }

    @ParameterizedTest
    @EnumSource(SocketType.class)
    public void a_port_of_a_range_is_taken_that_is_free(SocketType type) throws Exception {
        try (Taken taken = taken(type);
                ServerSocket server = server()) {
            int first = taken.port();
            OutgoingOptions how = OutgoingOptions.DEFAULT
                    .with()
                    .type(type)
                    .localPorts(first, first + RANGE)
                    .build();
            int last = 0;
            for (int i = 0; i < 5; i++) {
                Endpoint ours = closing(connecting(driver.connect(at(server), how, TOKEN)));
                int port = ours.localAddress().port();
                assertTrue(port > first && port <= first + RANGE, first + " to " + (first + RANGE) + ": " + port);
                assertNotEquals(last, port);
                last = port;
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SocketType.class)
    public void a_range_without_a_free_port_is_told(SocketType type) throws Exception {
        try (Taken taken = taken(type);
                ServerSocket server = server()) {
            OutgoingOptions how = OutgoingOptions.DEFAULT
                    .with()
                    .type(type)
                    .local(loopback(0))
                    .localPorts(taken.port(), taken.port())
                    .build();
            assertNull(driver.connect(at(server), how, TOKEN));
            assertEquals(IoFault.ADDRESS_IN_USE, driver.fault());
        }
    }

    @Test
    public void a_range_of_an_address_that_is_not_ours_is_given_up_at_once() throws Exception {
        try (ServerSocket server = server()) {
            OutgoingOptions how = from(Address.inet(new byte[] {(byte) 192, 0, 2, 1}, 0))
                    .with()
                    .localPorts(1024, 65_535)
                    .build();
            assertNull(driver.connect(at(server), how, TOKEN));
            assertEquals(IoFault.ADDRESS_NOT_AVAILABLE, driver.fault());
        }
    }

    @ParameterizedTest
    @EnumSource(SocketType.class)
    public void one_port_serves_many_peers(SocketType type) throws Exception {
        int port;
        try (Taken taken = taken(type)) {
            port = taken.port();
        }
        OutgoingOptions how =
                OutgoingOptions.DEFAULT.with().type(type).local(loopback(port)).build();
        try (ServerSocket one = server();
                ServerSocket other = server()) {
            Endpoint first = closing(connecting(driver.connect(at(one), how, TOKEN)));
            Endpoint second = closing(connecting(driver.connect(at(other), how, TOKEN)));
            assertEquals(loopback(port), first.localAddress());
            assertEquals(loopback(port), second.localAddress());
        }
    }

    @Test
    public void a_port_of_a_range_serves_another_peer_but_not_the_same_twice() throws Exception {
        int port;
        try (Taken taken = taken(SocketType.STREAM)) {
            port = taken.port();
        }
        OutgoingOptions how = from(loopback(0)).with().localPorts(port, port).build();
        try (ServerSocket one = server();
                ServerSocket other = server()) {
            closing(connecting(driver.connect(at(one), how, TOKEN)));
            closing(connecting(driver.connect(at(other), how, TOKEN)));
            assertNull(driver.connect(at(one), how, TOKEN));
            assertEquals(IoFault.ADDRESS_IN_USE, driver.fault());
        }
    }

    @ParameterizedTest
    @EnumSource(SocketType.class)
    public void a_transparent_socket_comes_from_an_address_that_is_not_ours(SocketType type) throws Exception {
        assumeTrue(can(Capability.TRANSPARENT));
        Address foreign = Address.inet(new byte[] {(byte) 192, 0, 2, 1}, 0);
        OutgoingOptions how = from(foreign).with().type(type).transparent(true).build();
        String refusal = factory().refusal(how);
        try (ServerSocket server = server()) {
            Endpoint ours = driver.connect(at(server), how, TOKEN);
            if (refusal != null) {
                assertNull(ours);
                assertEquals(IoFault.ACCESS, driver.fault());
                assumeTrue(false, refusal);
            }
            closing(connecting(ours));
            assertEquals(foreign.host(), ours.localAddress().host());
        }
    }

    @Test
    public void a_transparent_socket_of_ipv6_comes_from_an_address_that_is_not_ours() throws Exception {
        assumeTrue(can(Capability.TRANSPARENT));
        byte[] documentation = new byte[16];
        documentation[0] = 0x20;
        documentation[1] = 0x01;
        documentation[2] = 0x0d;
        documentation[3] = (byte) 0xb8;
        documentation[15] = 1;
        OutgoingOptions how = from(Address.inet(documentation, 0))
                .with()
                .type(SocketType.DATAGRAM)
                .transparent(true)
                .build();
        assumeTrue(factory().refusal(how) == null);
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        Endpoint ours = closing(connecting(driver.connect(Address.inet(loopback, 9), how, TOKEN)));
        assertEquals(Address.inet(documentation, 0).host(), ours.localAddress().host());
    }

    @Test
    public void what_a_socket_carries_is_known() throws Exception {
        try (ServerSocket server = server()) {
            Endpoint stream = closing(connecting(driver.connect(at(server), OutgoingOptions.DEFAULT, TOKEN)));
            assertEquals(SocketType.STREAM, stream.socketType());
            Endpoint datagrams = closing(connecting(driver.connect(at(server), OutgoingOptions.DATAGRAM, TOKEN)));
            assertEquals(SocketType.DATAGRAM, datagrams.socketType());
            assertFalse(datagrams.corks());
        }
    }

    /** A port that somebody else has. */
    private record Taken(int port, Closeable socket) implements Closeable {
        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static Taken taken(SocketType type) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
        if (type == SocketType.DATAGRAM) {
            DatagramSocket socket = new DatagramSocket(any);
            return new Taken(socket.getLocalPort(), socket);
        }
        ServerSocket socket = server();
        return new Taken(socket.getLocalPort(), socket);
    }

    private static ServerSocket server() throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        return server;
    }

    private static Address at(ServerSocket server) {
        return loopback(server.getLocalPort());
    }
}
