package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.ConnectionIo;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.SocketOption;
import io.sluice.core.log.IoFault;
import java.net.DatagramSocket;
import org.junit.jupiter.api.Test;

/** One client of a listening socket for datagrams: what it reads and writes, and how it ends. */
public abstract class DatagramSessionContract extends DatagramHarness {
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

    /** The session of a client that has sent something, which was not delivered. */
    private SharedEndpoint session(DatagramSource source, ListenSocket socket, DatagramSocket client) throws Exception {
        send(client, socket.address(), "a");
        return open(source, receiveOne(source));
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
        SharedEndpoint first = session(source, socket, one);
        SharedEndpoint second = session(source, socket, other);
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
        SharedEndpoint session = session(source, socket, client);
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
        SharedEndpoint session = session(source, socket, gone);
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
        SharedEndpoint session = session(source, socket, client());
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
}
