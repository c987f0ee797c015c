package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Address;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.ListenOptions;
import io.sluice.core.connection.OutgoingOptions;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Listening sockets for datagrams: batches, whose they are, and answers. */
public abstract class DatagramListenContract extends DriverHarness {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final int MOST = 4;
    private static final long SEED = 42;
    private static final ListenOptions DATAGRAMS =
            ListenOptions.DEFAULT.with().socketType(SocketType.DATAGRAM).build();
    private static final ListenOptions SHARED = DATAGRAMS.with().reusePort(true).build();

    private int left;

    // ---- batches

    @Test
    public void what_waits_comes_in_batches_and_is_reported_until_nothing_is_left() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        DatagramSocket client = client();
        for (int i = 0; i < 2 * MOST + 1; i++) {
            send(client, socket.address(), "d" + i);
        }
        List<String> all = new ArrayList<>();
        while (all.size() < 2 * MOST + 1) {
            await(LISTENER, Readiness.READ);
            int n = source.receive();
            assertTrue(n > 0 && n <= MOST, "a batch of " + n);
            for (int i = 0; i < n; i++) {
                all.add(text(source, i));
            }
        }
        assertEquals(List.of("d0", "d1", "d2", "d3", "d4", "d5", "d6", "d7", "d8"), all);
        assertEquals(0, source.receive());
        assertEquals(IoFault.NONE, source.fault());
        assertEquals(0, reported(LISTENER));
    }

    @Test
    public void a_paused_socket_is_silent_and_loses_nothing() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        source.pause();
        source.pause();
        DatagramSocket client = client();
        send(client, socket.address(), "x");
        assertEquals(0, reported(LISTENER));
        assertTrue(source.resume());
        assertTrue(source.resume());
        assertEquals("x", text(source, receiveOne(source)));
    }

    @Test
    public void the_largest_datagram_is_whole() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        String large = "x".repeat(65_507);
        send(client(), socket.address(), large);
        int datagram = receiveOne(source);
        assertFalse(source.isTruncated(datagram));
        assertEquals(large, text(source, datagram));
    }

    // ---- whose

    @Test
    public void a_client_is_known_again_and_others_are_not_it() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        DatagramSocket one = client();
        DatagramSocket other = client();
        send(one, socket.address(), "a");
        int first = receiveOne(source);
        int hash = source.hash(first);
        SharedEndpoint session = open(source, first);
        assertTrue(source.isOf(first, session));
        assertEquals(loopback(one.getLocalPort()), session.remoteAddress());
        assertEquals(socket.address(), session.localAddress());
        assertEquals(SocketType.DATAGRAM, session.socketType());
        send(one, socket.address(), "b");
        int second = receiveOne(source);
        assertTrue(source.isOf(second, session));
        assertEquals(hash, source.hash(second));
        send(other, socket.address(), "c");
        int third = receiveOne(source);
        assertFalse(source.isOf(third, session));
        assertFalse(source.isNameless(third));
    }

    @Test
    public void the_hash_of_a_client_depends_on_the_seed() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSocket client = client();
        int[] hashes = new int[2];
        for (int i = 0; i < 2; i++) {
            DatagramSource source = driver.datagrams(socket, LISTENER, MOST, SEED + i);
            send(client, socket.address(), "a");
            hashes[i] = source.hash(receiveOne(source));
            source.close();
        }
        assertFalse(hashes[0] == hashes[1]);
    }

    @Test
    public void a_wildcard_tells_which_address_was_meant_and_answers_from_it() throws Exception {
        assumeTrue(can(Capability.DATAGRAM_DESTINATION));
        assumeTrue(OS.current() == OS.LINUX, "only Linux has all of 127.0.0.0/8");
        ListenSocket socket = listen(Address.inet(new byte[4], 0), DATAGRAMS);
        DatagramSource source = watch(socket);
        DatagramSocket client = client();
        Address second =
                Address.inet(new byte[] {127, 0, 0, 2}, socket.address().port());
        send(client, loopback(socket.address().port()), "a");
        SharedEndpoint toFirst = open(source, receiveOne(source));
        send(client, second, "b");
        int datagram = receiveOne(source);
        assertFalse(source.isOf(datagram, toFirst));
        SharedEndpoint toSecond = open(source, datagram);
        assertEquals(second, toSecond.localAddress());
        assertEquals("127.0.0.1", toFirst.localAddress().host());
        assertEquals(2, toSecond.write(buf("hi")));
        DatagramPacket answer = receive(client);
        assertEquals("127.0.0.2", answer.getAddress().getHostAddress());
        assertEquals(1, toFirst.sendDatagrams(chain(buf("ho").flush(true)), ConnectionIo.UNLIMITED));
        assertEquals("127.0.0.1", receive(client).getAddress().getHostAddress());
    }

    @Test
    public void ipv6_clients_are_known_and_answered() throws Exception {
        byte[] loopback = new byte[16];
        loopback[15] = 1;
        ListenSocket socket = listenOnIpv6(Address.inet(new byte[16], 0), DATAGRAMS);
        DatagramSource source = watch(socket);
        Address to = Address.inet(loopback, socket.address().port());
        try (DatagramSocket one = new DatagramSocket(new InetSocketAddress("::1", 0));
                DatagramSocket other = new DatagramSocket(new InetSocketAddress("::1", 0))) {
            one.setSoTimeout(PATIENCE_MILLIS);
            send(one, to, "a");
            SharedEndpoint session = open(source, receiveOne(source));
            assertEquals(Address.inet(loopback, one.getLocalPort()), session.remoteAddress());
            send(one, to, "b");
            assertTrue(source.isOf(receiveOne(source), session));
            send(other, to, "c");
            assertFalse(source.isOf(receiveOne(source), session));
            assertEquals(2, session.write(buf("hi")));
            DatagramPacket answer = receive(one);
            assertEquals("hi", new String(answer.getData(), 0, answer.getLength(), StandardCharsets.ISO_8859_1));
            if (can(Capability.DATAGRAM_DESTINATION)) {
                assertEquals(to, session.localAddress());
            }
        }
    }

    @Test
    public void an_ipv6_wildcard_takes_ipv4_only_if_asked() throws Exception {
        ListenSocket both = listenOnIpv6(
                Address.inet(new byte[16], 0), DATAGRAMS.with().ipv6Only(false).build());
        DatagramSource source = watch(both);
        DatagramSocket client = client();
        send(client, loopback(both.address().port()), "a");
        SharedEndpoint session = open(source, receiveOne(source));
        assertEquals(2, session.write(buf("hi")));
        assertEquals(both.address().port(), receive(client).getPort());
        source.close();

        ListenSocket alone = listenOnIpv6(Address.inet(new byte[16], 0), DATAGRAMS);
        DatagramSource strict = watch(alone);
        send(client, loopback(alone.address().port()), "b");
        driver.poll(0);
        assertEquals(0, strict.receive());
    }

    // ---- a session's operations

    @Test
    public void a_session_reads_what_was_delivered_once() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        DatagramSocket client = client();
        send(client, socket.address(), "0123456789");
        int datagram = receiveOne(source);
        SharedEndpoint session = open(source, datagram);
        assertEquals(Io.AGAIN, session.read(pool.take(256)));
        source.deliver(datagram, session);
        Buf some = pool.room(pool.take(256), 4);
        assertEquals(4, session.read(some));
        assertEquals("0123", some.text());
        assertEquals(Io.AGAIN, session.read(pool.take(256)));
        send(client, socket.address(), "abcdefg");
        datagram = receiveOne(source);
        source.deliver(datagram, session);
        Buf one = pool.room(pool.take(256), 2);
        Buf two = pool.room(pool.take(256), 100);
        assertEquals(6, session.readv(chain(one, two), 6));
        assertEquals("ab", one.text());
        assertEquals("cdef", two.text());
        assertEquals(Io.AGAIN, session.readv(chain(pool.take(256)), ConnectionIo.UNLIMITED));
        send(client, socket.address(), "x");
        source.deliver(receiveOne(source), session);
        source.withdraw(session);
        assertEquals(Io.AGAIN, session.read(pool.take(256)));
    }

    @Test
    public void one_without_bytes_comes_and_goes() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        DatagramSocket client = client();
        send(client, socket.address(), "");
        int datagram = receiveOne(source);
        SharedEndpoint session = open(source, datagram);
        source.deliver(datagram, session);
        assertEquals(Io.EMPTY_DATAGRAM, session.read(pool.take(256)));
        source.deliver(datagram, session);
        assertEquals(Io.EMPTY_DATAGRAM, session.readv(chain(pool.take(256)), ConnectionIo.UNLIMITED));
        assertEquals(0, session.write(pool.take(16)));
        assertEquals(0, receive(client).getLength());
        assertEquals(1, session.sendDatagrams(chain(pool.mark().flush(true)), ConnectionIo.UNLIMITED));
        assertEquals(0, receive(client).getLength());
    }

    @Test
    public void answers_of_a_chain_go_to_their_client() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        DatagramSocket one = client();
        DatagramSocket other = client();
        send(one, socket.address(), "a");
        SharedEndpoint first = open(source, receiveOne(source));
        send(other, socket.address(), "b");
        SharedEndpoint second = open(source, receiveOne(source));
        for (int i = 0; i < 40; i++) {
            int n = second.sendDatagrams(
                    chain(buf("se"), buf("cond").flush(true), buf("again").lastBuf(true)), ConnectionIo.UNLIMITED);
            assertTrue(n == 1 || n == 2, "sent " + n);
            first.sendDatagrams(chain(buf("first").flush(true)), ConnectionIo.UNLIMITED);
            assertEquals("second", text(receive(other)));
            if (n == 2) {
                assertEquals("again", text(receive(other)));
            }
            assertEquals("first", text(receive(one)));
        }
    }

    @Test
    public void one_that_is_too_long_is_an_error_of_its_session_only() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        DatagramSocket client = client();
        send(client, socket.address(), "a");
        SharedEndpoint session = open(source, receiveOne(source));
        Buf large = pool.take(65_536);
        large.put(new byte[65_508]);
        assertEquals(Io.ERROR, session.write(large));
        assertEquals(IoFault.MESSAGE_SIZE, session.fault());
        assertEquals(Io.ERROR, session.sendDatagrams(chain(large.flush(true)), ConnectionIo.UNLIMITED));
        assertEquals(2, session.write(buf("hi")));
        assertEquals("hi", text(receive(client)));
    }

    /** ICMP of a client that went away: with one socket for all it is nobody's. */
    @Test
    public void a_client_that_is_gone_is_no_error_of_anybody() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        DatagramSocket gone = client();
        send(gone, socket.address(), "a");
        SharedEndpoint session = open(source, receiveOne(source));
        gone.close();
        assertEquals(2, session.write(buf("hi")));
        assertEquals(2, session.write(buf("ho")));
        DatagramSocket client = client();
        send(client, socket.address(), "b");
        assertEquals("b", text(source, receiveOne(source)));
    }

    @Test
    public void a_session_has_no_socket_of_its_own() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        send(client(), socket.address(), "a");
        SharedEndpoint session = open(source, receiveOne(source));
        assertTrue(session.attached());
        assertEquals(IoFault.NONE, session.connectResult());
        assertFalse(session.option(SocketOption.SEND_BUFFER, 1000), "it would be everybody's");
        assertFalse(session.corks());
        session.shutdownOutput();
        session.resetOnClose();
        session.awaitRead();
        session.awaitWrite();
        assertThrows(IllegalArgumentException.class, () -> driver.adopt(session));
        assertThrows(UnsupportedOperationException.class, session::detach);
    }

    @Test
    public void who_leaves_is_told_once() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = watch(socket);
        send(client(), socket.address(), "a");
        int datagram = receiveOne(source);
        SharedEndpoint session = source.open(datagram, () -> left++);
        session.endDatagrams();
        session.endDatagrams();
        assertEquals(1, left);
        assertEquals(2, session.write(buf("hi")));
        session.close();
        assertEquals(1, left);
        source.open(datagram, () -> left++).close();
        assertEquals(2, left);
    }

    @Test
    public void a_socket_is_open_as_long_as_a_session_sends_by_it() throws Exception {
        ListenSocket socket = listen(loopback(0), DATAGRAMS);
        DatagramSource source = driver.datagrams(socket, LISTENER, MOST, SEED);
        DatagramSocket client = client();
        send(client, socket.address(), "a");
        SharedEndpoint session = source.open(receiveOne(source), () -> left++);
        source.close();
        source.close();
        socket.close();
        socket.close();
        assertEquals(2, session.write(buf("hi")));
        assertEquals("hi", text(receive(client)));
        assertEquals(
                IoFault.ADDRESS_IN_USE,
                assertThrows(ListenException.class, () -> listen(socket.address(), DATAGRAMS))
                        .fault());
        session.close();
        driver.poll(0);
        listen(socket.address(), DATAGRAMS);
    }

    // ---- sockets of several workers

    @Test
    public void each_client_stays_with_one_of_the_sockets_of_a_port() throws Exception {
        assumeTrue(can(Capability.REUSE_PORT));
        ListenSocket first = listen(loopback(0), SHARED);
        ListenSocket second = closing(first.sibling());
        assertEquals(first.address(), second.address());
        DatagramSource one = closing(driver.datagrams(first, LISTENER, 64, SEED));
        DatagramSource other = closing(driver.datagrams(second, LISTENER + 1, 64, SEED));
        List<DatagramSocket> clients = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            clients.add(client());
        }
        int[] counts = new int[2];
        for (int round = 0; round < 3; round++) {
            for (DatagramSocket client : clients) {
                send(client, first.address(), "x");
            }
            int n = one.receive();
            int m = other.receive();
            assertEquals(40, n + m);
            assertTrue(n > 5 && m > 5, n + " and " + m);
            assertTrue(round == 0 || counts[0] == n && counts[1] == m, "the same ones each time");
            counts[0] = n;
            counts[1] = m;
        }
    }

    @Test
    public void a_port_that_is_shared_among_workers_is_not_shared_with_strangers() throws Exception {
        assumeTrue(can(Capability.REUSE_PORT));
        ListenSocket first = listen(loopback(0), SHARED);
        closing(first.sibling());
        ListenException refused = assertThrows(ListenException.class, () -> listen(first.address(), SHARED));
        assertEquals(IoFault.ADDRESS_IN_USE, refused.fault());
    }

    @Test
    public void a_stream_has_no_sibling_and_each_is_watched_as_what_it_is() throws Exception {
        ListenSocket stream = listen(loopback(0));
        ListenSocket datagrams = listen(loopback(0), DATAGRAMS);
        assertThrows(UnsupportedOperationException.class, stream::sibling);
        assertThrows(IllegalArgumentException.class, () -> driver.datagrams(stream, LISTENER, MOST, SEED));
        assertThrows(IllegalArgumentException.class, () -> driver.watch(datagrams, LISTENER));
    }

    // ---- unix sockets

    @Test
    public void unix_clients_are_known_by_their_names(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_DATAGRAMS));
        ListenSocket socket = listen(unix(folder.resolve("server")), DATAGRAMS);
        DatagramSource source = watch(socket);
        var one = closing(connecting(driver.connect(socket.address(), named(folder.resolve("one")), 1)));
        var other = closing(connecting(driver.connect(socket.address(), named(folder.resolve("another")), 2)));
        assertEquals(1, one.write(buf("a")));
        int first = receiveOne(source);
        int hash = source.hash(first);
        SharedEndpoint session = open(source, first);
        assertEquals(unix(folder.resolve("one")), session.remoteAddress());
        assertEquals(1, one.write(buf("b")));
        int second = receiveOne(source);
        assertTrue(source.isOf(second, session));
        assertEquals(hash, source.hash(second));
        assertEquals(1, other.write(buf("c")));
        assertFalse(source.isOf(receiveOne(source), session));
        assertEquals(2, session.write(buf("hi")));
        assertEquals("hi", read(one, 1, 2));
    }

    @Test
    public void unix_clients_without_a_name_cannot_be_answered(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_DATAGRAMS));
        ListenSocket socket = listen(unix(folder.resolve("server")), DATAGRAMS);
        DatagramSource source = watch(socket);
        var nameless = closing(connecting(driver.connect(socket.address(), OutgoingOptions.DATAGRAM, 1)));
        assertEquals(1, nameless.write(buf("a")));
        int datagram = receiveOne(source);
        assertTrue(source.isNameless(datagram));
        SharedEndpoint session = open(source, datagram);
        assertEquals(0, session.remoteAddress().length());
        assertEquals(Io.ERROR, session.write(buf("hi")));
        assertEquals(IoFault.NOT_CONNECTED, session.fault());
    }

    @Test
    public void what_is_longer_than_any_of_the_internet_is_known_to_be_cut(@TempDir Path folder) throws Exception {
        assumeTrue(can(Capability.UNIX_DATAGRAMS));
        ListenSocket socket = listen(unix(folder.resolve("server")), DATAGRAMS);
        DatagramSource source = watch(socket);
        var ours = closing(connecting(driver.connect(socket.address(), named(folder.resolve("one")), 1)));
        Buf half = pool.take(65_536);
        half.put(new byte[50_000]);
        Buf other = pool.take(65_536);
        other.put(new byte[50_000]);
        assertEquals(1, ours.sendDatagrams(chain(half, other.flush(true)), ConnectionIo.UNLIMITED));
        assertTrue(source.isTruncated(receiveOne(source)));
        assertEquals(1, ours.write(buf("x")));
        assertFalse(source.isTruncated(receiveOne(source)));
    }

    @Test
    public void the_file_of_a_unix_socket_goes_with_it_and_a_leftover_is_replaced(@TempDir Path folder)
            throws Exception {
        assumeTrue(can(Capability.UNIX_DATAGRAMS));
        Path path = folder.resolve("server");
        ListenSocket socket = listen(unix(path), DATAGRAMS);
        assertTrue(Files.exists(path));
        Path leftover = folder.resolve("leftover");
        // As a server leaves it that was killed: the name of a socket that is closed.
        closing(connecting(driver.connect(socket.address(), named(leftover), 1)))
                .close();
        assertTrue(Files.exists(leftover));
        listen(unix(leftover), DATAGRAMS);
        assertEquals(
                IoFault.ADDRESS_IN_USE,
                assertThrows(ListenException.class, () -> listen(unix(leftover), DATAGRAMS))
                        .fault());
        socket.close();
        assertFalse(Files.exists(path));
    }

    // ---- what these tests need

    private ListenSocket listen(Address address, ListenOptions options) throws ListenException {
        return closing(factory().listen(listening(address, options)));
    }

    private ListenSocket listenOnIpv6(Address address, ListenOptions options) {
        try {
            return listen(address, options);
        } catch (ListenException refused) {
            assumeTrue(false, "this machine has no IPv6: " + refused.getMessage());
            throw new AssertionError(refused);
        }
    }

    private DatagramSource watch(ListenSocket socket) {
        return closing(driver.datagrams(socket, LISTENER, MOST, SEED));
    }

    private SharedEndpoint open(DatagramSource source, int datagram) {
        SharedEndpoint session = source.open(datagram, () -> left++);
        closing(session);
        return session;
    }

    /** Waits for one datagram. */
    private int receiveOne(DatagramSource source) {
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

    private String text(DatagramSource source, int datagram) {
        SharedEndpoint session = source.open(datagram, () -> left++);
        source.deliver(datagram, session);
        Buf into = pool.take(65_536);
        int n = session.read(into);
        session.close();
        assertEquals(n, into.size());
        return into.text();
    }

    private DatagramSocket client() throws IOException {
        DatagramSocket socket = closing(
                new DatagramSocket(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0)));
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void send(DatagramSocket from, Address to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        from.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByAddress(to.bytes()), to.port()));
    }

    private static DatagramPacket receive(DatagramSocket client) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        client.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    private static OutgoingOptions named(Path local) {
        return OutgoingOptions.DATAGRAM.with().local(unix(local)).build();
    }

    private static Address unix(Path path) {
        return Address.unix(path.toString().getBytes(StandardCharsets.UTF_8));
    }
}
