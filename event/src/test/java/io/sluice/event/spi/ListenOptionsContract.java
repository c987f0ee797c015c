package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.KeepaliveProbes;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every driver must do with the options of a listening socket, as the system tells of the sockets. */
public abstract class ListenOptionsContract extends DriverHarness {
    private static final long TOKEN = 7;

    @TempDir
    public Path folder;

    /** What an option of an accepted socket is; on is 1. */
    protected abstract int option(Endpoint accepted, SocketOption option);

    protected static ListenOptions.Builder options() {
        return ListenOptions.DEFAULT.with();
    }

    protected ListenSocket listen(Address address, ListenOptions.Builder options) throws ListenException {
        return closing(factory().listen(listening(address, options.build())));
    }

    protected Endpoint accepted(ListenOptions.Builder options) throws Exception {
        ListenSocket socket = listen(loopback(0), options);
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        client(socket.address());
        return accept(source);
    }

    @Test
    public void accepted_sockets_have_the_buffers_of_the_listening_one() throws Exception {
        Endpoint usual = accepted(options());
        Endpoint accepted = accepted(options().receiveBuffer(20_000).sendBuffer(30_000));
        // Linux doubles them.
        assertTrue(option(accepted, SocketOption.RECEIVE_BUFFER) >= 20_000);
        assertTrue(option(accepted, SocketOption.RECEIVE_BUFFER) <= 40_000);
        assertTrue(option(accepted, SocketOption.SEND_BUFFER) >= 30_000);
        assertTrue(option(accepted, SocketOption.SEND_BUFFER) <= 60_000);
        assertTrue(option(usual, SocketOption.RECEIVE_BUFFER) > 40_000);
        assertTrue(option(usual, SocketOption.SEND_BUFFER) > 60_000);
    }

    @Test
    public void silent_connections_are_probed_as_the_numbers_say() throws Exception {
        Endpoint usual = accepted(options());
        assertEquals(0, option(usual, SocketOption.KEEPALIVE));
        Endpoint accepted = accepted(options().keepalive(new KeepaliveProbes(true, 77, 8, 5)));
        assertEquals(1, option(accepted, SocketOption.KEEPALIVE));
        assertEquals(77, option(accepted, SocketOption.KEEPALIVE_IDLE_SECONDS));
        assertEquals(8, option(accepted, SocketOption.KEEPALIVE_INTERVAL_SECONDS));
        assertEquals(5, option(accepted, SocketOption.KEEPALIVE_PROBES));
        Endpoint some = accepted(options().keepalive(new KeepaliveProbes(true, 77, 0, 0)));
        assertEquals(77, option(some, SocketOption.KEEPALIVE_IDLE_SECONDS));
        assertEquals(
                option(usual, SocketOption.KEEPALIVE_INTERVAL_SECONDS),
                option(some, SocketOption.KEEPALIVE_INTERVAL_SECONDS));
        assertEquals(0, option(accepted(options().keepalive(KeepaliveProbes.OFF)), SocketOption.KEEPALIVE));
    }

    @Test
    public void a_port_has_a_second_socket_if_both_allow_it() throws Exception {
        assumeTrue(can(Capability.REUSE_PORT));
        ListenSocket first = listen(loopback(0), options().reusePort(true));
        ListenSocket second = listen(first.address(), options().reusePort(true));
        assertEquals(first.address(), second.address());
        assertThrows(ListenException.class, () -> listen(first.address(), options()));
        AcceptSource ofFirst = closing(driver.watch(first, LISTENER));
        AcceptSource ofSecond = closing(driver.watch(second, LISTENER + 1));
        boolean[] served = new boolean[2];
        for (int i = 0; i < 200 && !(served[0] && served[1]); i++) {
            client(first.address());
            Endpoint endpoint = null;
            while (endpoint == null) {
                endpoint = ofFirst.accept();
                served[0] |= endpoint != null;
                if (endpoint == null) {
                    endpoint = ofSecond.accept();
                    served[1] |= endpoint != null;
                }
            }
            closing(endpoint);
        }
        assertTrue(served[0] && served[1], "each of them gets some");
    }

    @Test
    public void so_many_clients_queue_as_the_backlog_says() throws Exception {
        assumeTrue(can(Capability.UNIX_SOCKETS));
        assertEquals(3, queued("three", 2), "one more than the number, as Linux counts");
        assertEquals(10, queued("ten", 9));
    }

    private int queued(String name, int backlog) throws Exception {
        ListenSocket socket = listen(unix(name), options().backlog(backlog));
        int made = 0;
        Endpoint endpoint = driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN);
        while (endpoint != null && endpoint.connectResult() == IoFault.NONE && made < 100) {
            made++;
            closing(endpoint);
            endpoint = driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN);
        }
        if (endpoint != null) {
            closing(endpoint);
        }
        return made;
    }

    @Test
    public void the_file_of_a_unix_socket_has_its_mode() throws Exception {
        assumeTrue(can(Capability.UNIX_SOCKETS));
        listen(unix("usual"), options());
        assertEquals("rw-rw-rw-", mode("usual"));
        listen(unix("group"), options().fileMode(0660));
        assertEquals("rw-rw----", mode("group"));
        listen(unix("odd"), options().fileMode(0421));
        assertEquals("r---w---x", mode("odd"));
    }

    private String mode(String name) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @Test
    public void the_file_of_a_server_that_was_killed_is_no_hindrance() throws Exception {
        assumeTrue(can(Capability.UNIX_SOCKETS));
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
            ListenException refused = assertThrows(ListenException.class, () -> listen(unix("socket"), options()));
            assertEquals(IoFault.ADDRESS_IN_USE, refused.fault(), "somebody listens there");
        }
        assertTrue(Files.exists(folder.resolve("socket")));
        ListenSocket socket = listen(unix("socket"), options());
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        closing(connecting(driver.connect(socket.address(), OutgoingOptions.DEFAULT, TOKEN)));
        accept(source);
    }

    @Test
    public void what_is_no_socket_stays_where_it_is() throws Exception {
        assumeTrue(can(Capability.UNIX_SOCKETS));
        Path fifo = folder.resolve("fifo");
        Process made = new ProcessBuilder("mkfifo", fifo.toString()).start();
        assumeTrue(made.waitFor() == 0, "no mkfifo");
        assertThrows(ListenException.class, () -> listen(unix("fifo"), options()));
        assertTrue(Files.exists(fifo));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        assertThrows(ListenException.class, () -> listen(unix("link"), options()));
        assertTrue(Files.isSymbolicLink(folder.resolve("link")));
    }

    protected Address unix(String name) {
        return Address.unix(folder.resolve(name).toString().getBytes(StandardCharsets.UTF_8));
    }
}
