package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What every driver must do, whatever is below it: the last link of the chain, about addresses and connecting. */
public abstract class DriverContract extends LeavingsContract {
    private static final long TOKEN = 5L << 32 | 21;

    // ---- listening

    @Test
    public void the_system_chooses_a_port_and_the_socket_tells_it() throws Exception {
        Address address = listen(loopback(0)).address();
        assertEquals("127.0.0.1", address.host());
        assertTrue(address.port() > 0);
    }

    @Test
    public void a_port_in_use_is_refused_with_its_reason() throws Exception {
        Address taken = listen(loopback(0)).address();
        ListenException refused = assertThrows(ListenException.class, () -> listen(taken));
        assertEquals(IoFault.ADDRESS_IN_USE, refused.fault());
        assertTrue(refused.getMessage().contains("bind() to " + taken), refused.getMessage());
    }

    @Test
    public void a_closed_listening_socket_frees_its_port() throws Exception {
        ListenSocket socket = listen(loopback(0));
        socket.close();
        assertEquals(socket.address(), listen(socket.address()).address());
    }

    @Test
    public void an_accepted_connection_knows_both_addresses() throws Exception {
        Pair pair = pair();
        assertEquals(loopback(pair.theirs().getLocalPort()), pair.ours().remoteAddress());
        assertEquals(loopback(pair.theirs().getPort()), pair.ours().localAddress());
    }

    @Test
    public void the_address_of_the_client_is_that_of_its_own_connection() throws Exception {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        Endpoint[] accepted = new Endpoint[5];
        Socket[] clients = new Socket[accepted.length];
        for (int i = 0; i < accepted.length; i++) {
            clients[i] = client(socket.address());
            accepted[i] = accept(source);
        }
        for (int i = 0; i < accepted.length; i++) {
            assertEquals(loopback(clients[i].getLocalPort()), accepted[i].remoteAddress());
        }
    }

    @Test
    public void ipv6_has_addresses_of_sixteen_bytes() throws Exception {
        ListenSocket socket = listenOnIpv6(ListenOptions.DEFAULT);
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        Endpoint ours = driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN);
        closing(connecting(ours));
        await(TOKEN, Readiness.WRITE);
        assertEquals(IoFault.NONE, ours.connectResult());
        Endpoint accepted = accept(source);
        assertEquals("::1", accepted.remoteAddress().host());
        assertEquals(ours.localAddress(), accepted.remoteAddress());
        assertEquals(socket.address(), accepted.localAddress());
        assertEquals(socket.address(), ours.remoteAddress());
    }

    // ---- connecting

    @Test
    public void a_connect_ends_as_writable_and_bytes_flow() throws Exception {
        try (ServerSocket server = server()) {
            Address to = loopback(server.getLocalPort());
            Endpoint ours = connecting(driver.connect(to, OutgoingOptions.DEFAULT, TOKEN));
            closing(ours);
            assertTrue(ours.attached());
            assertEquals(Readiness.WRITE, await(TOKEN, Readiness.WRITE));
            assertEquals(IoFault.NONE, ours.connectResult());
            Socket theirs = closing(server.accept());
            assertEquals(to, ours.remoteAddress());
            assertEquals(loopback(theirs.getPort()), ours.localAddress());
            assertEquals(4, ours.write(buf("ping")));
            assertEquals("ping", receive(theirs, 4));
            send(theirs, "pong");
            assertEquals("pong", read(ours, TOKEN, 4));
        }
    }

    @Test
    public void a_refused_connect_says_so_now_or_later() throws Exception {
        int port;
        try (ServerSocket server = server()) {
            port = server.getLocalPort();
        }
        assertEquals(IoFault.REFUSED, resultOf(loopback(port)));
    }

    @Test
    public void a_connection_comes_from_the_local_address_that_was_asked_for() throws Exception {
        assumeTrue(OS.current() == OS.LINUX, "only Linux has all of 127.0.0.0/8");
        Address local = Address.inet(new byte[] {127, 0, 0, 2}, 0);
        try (ServerSocket server = server()) {
            Endpoint ours = connecting(driver.connect(loopback(server.getLocalPort()), from(local), TOKEN));
            closing(ours);
            await(TOKEN, Readiness.WRITE);
            Socket theirs = closing(server.accept());
            assertEquals("127.0.0.2", theirs.getInetAddress().getHostAddress());
            assertEquals(local.withPort(theirs.getPort()), ours.localAddress());
        }
    }

    @Test
    public void a_local_address_that_is_not_ours_is_refused() throws Exception {
        try (ServerSocket server = server()) {
            Address foreign = Address.inet(new byte[] {(byte) 192, 0, 2, 1}, 0);
            assertNull(driver.connect(loopback(server.getLocalPort()), from(foreign), TOKEN));
            assertEquals(IoFault.ADDRESS_NOT_AVAILABLE, driver.fault());
        }
    }

    // ---- unix sockets

    @Test
    public void a_unix_socket_is_a_file_while_it_listens(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_SOCKETS));
        Path path = folder.resolve("socket");
        Address address = unix(path.toString());
        ListenSocket socket = listen(address);
        assertEquals(address, socket.address());
        exchange(socket);
        assertTrue(Files.exists(path));
        socket.close();
        assertFalse(Files.exists(path));
    }

    @Test
    public void a_file_that_is_in_the_way_of_a_unix_socket_stays(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_SOCKETS));
        Path path = Files.createFile(folder.resolve("socket"));
        ListenException refused = assertThrows(ListenException.class, () -> listen(unix(path.toString())));
        assertEquals(IoFault.ADDRESS_IN_USE, refused.fault());
        assertTrue(Files.exists(path));
    }

    @Test
    public void a_unix_socket_that_is_not_there_cannot_be_connected_to(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_SOCKETS));
        IoFault missing = resultOf(unix(folder.resolve("missing").toString()));
        assertTrue(missing == IoFault.NO_SUCH_FILE || missing == IoFault.REFUSED, missing + "");
        assertFalse(resultOf(unix(folder.resolve("x".repeat(120)).toString())) == IoFault.NONE);
    }

    @Test
    public void an_abstract_unix_socket_has_no_file() throws Exception {
        assumeTrue(can(Capability.ABSTRACT_UNIX_SOCKETS));
        Address address = unix("\0sluice-contract-" + ProcessHandle.current().pid());
        ListenSocket socket = listen(address);
        assertEquals(address, socket.address());
        exchange(socket);
    }

    private void exchange(ListenSocket socket) {
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        Endpoint ours = closing(connecting(driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN)));
        await(TOKEN, Readiness.WRITE);
        assertEquals(IoFault.NONE, ours.connectResult());
        Endpoint theirs = accept(source);
        theirs.attach(1, false);
        assertEquals(5, ours.write(buf("hello")));
        assertEquals("hello", read(theirs, 1, 5));
        assertEquals(Address.Family.UNIX, theirs.remoteAddress().family());
        assertEquals(0, theirs.remoteAddress().length());
        assertEquals(socket.address(), theirs.localAddress());
        assertEquals(socket.address(), ours.remoteAddress());
        source.close();
    }

    private IoFault resultOf(Address to) {
        Endpoint endpoint = driver.connect(to, OutgoingOptions.DEFAULT, TOKEN);
        if (endpoint == null) {
            return driver.fault();
        }
        closing(endpoint);
        await(TOKEN, Readiness.WRITE);
        IoFault result = endpoint.connectResult();
        assertEquals(result, endpoint.connectResult());
        return result;
    }

    private ListenSocket listenOnIpv6(ListenOptions options) {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        try {
            return closing(factory().listen(listening(Address.inet(loopback, 0), options)));
        } catch (ListenException refused) {
            assumeTrue(false, "this machine has no IPv6: " + refused.getMessage());
            throw new AssertionError(refused);
        }
    }

    private static ServerSocket server() throws IOException {
        ServerSocket server = new ServerSocket();
        server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
        return server;
    }

    private static Address unix(String path) {
        return Address.unix(path.getBytes(StandardCharsets.UTF_8));
    }
}
