package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.SocketType;
import io.sluice.core.log.IoFault;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;

/** Listening sockets for datagrams: batches, whose they are, and answers. */
public abstract class DatagramListenContract extends DatagramUnixContract {
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
}
