package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import io.sluice.core.log.IoFault;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** How the ready flags follow what a socket for datagrams answers, and where a chain is cut into them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DatagramIoTest extends SocketHarness {
    DatagramIoTest() {
        super(SocketType.DATAGRAM);
    }

    // ---- recv

    @Test
    void a_short_datagram_says_nothing_about_the_next() {
        socket.answers(3);
        assertEquals(3, c.recv(pool.take(256)));
        assertTrue(c.readReady());
        assertEquals(List.of("read 256"), socket.calls);
    }

    @Test
    void one_without_bytes_is_no_end() {
        socket.answers(Io.EMPTY_DATAGRAM, Io.EMPTY_DATAGRAM);
        assertEquals(Io.EMPTY_DATAGRAM, c.recv(pool.take(256)));
        assertEquals(Io.EMPTY_DATAGRAM, c.recvChain(chain(pool.take(256)), ConnectionIo.UNLIMITED));
        assertTrue(c.readReady());
        assertFalse(c.readEof());
    }

    @Test
    void any_datagram_ends_a_rest() {
        c.rest(1000);
        socket.answers(Io.EMPTY_DATAGRAM);
        c.recv(pool.take(256));
        assertFalse(c.isReusable());
        assertFalse(c.isIdle());
    }

    @Test
    void nothing_is_waited_for() {
        socket.answers(Io.AGAIN);
        assertEquals(Io.AGAIN, c.recv(pool.take(256)));
        assertFalse(c.readReady());
        assertEquals(List.of("read 256", "awaitRead"), socket.calls);
    }

    @Test
    void a_peer_that_is_not_there_is_an_error() {
        socket.fault = IoFault.REFUSED;
        socket.answers(Io.ERROR);
        assertEquals(Io.ERROR, c.recv(pool.take(256)));
        assertTrue(c.hasError());
        assertTrue(c.peerFailed());
        assertFalse(c.readReady());
    }

    @Test
    void without_room_it_is_not_tried() {
        Buf full = pool.take(256);
        full.put(new byte[256]);
        assertThrows(IllegalArgumentException.class, () -> c.recv(full));
        assertThrows(IllegalArgumentException.class, () -> c.recvChain(chain(full), ConnectionIo.UNLIMITED));
        assertThrows(IllegalArgumentException.class, () -> c.recvChain(chain(pool.take(256)), 0));
        assertEquals(List.of(), socket.calls);
    }

    // ---- send

    @Test
    void a_send_is_one_datagram_also_without_bytes() {
        socket.answers(5, 0);
        Buf hello = text("hello");
        assertEquals(5, c.send(hello));
        assertEquals(0, hello.size());
        assertEquals(0, c.send(pool.take(16)));
        assertEquals(5, c.sent());
        assertTrue(c.writeReady());
        assertEquals(List.of("write 5", "write 0"), socket.calls);
    }

    @Test
    void a_full_socket_is_waited_for_and_nothing_is_lost() {
        socket.answers(Io.AGAIN);
        Buf hello = text("hello");
        assertEquals(Io.AGAIN, c.send(hello));
        assertEquals(5, hello.size());
        assertFalse(c.writeReady());
        assertEquals(List.of("write 5", "awaitWrite"), socket.calls);
    }

    @Test
    void a_chain_goes_up_to_its_last_mark() {
        Chain chain = chain(
                text("a"),
                text("bc").flush(true),
                pool.mark().flush(true),
                text("def").lastBuf(true),
                text("g"));
        socket.answers(2, 1);
        Chain rest = c.sendChain(chain, ConnectionIo.UNLIMITED);
        assertEquals("g", rest.buf().text());
        assertEquals(6, c.sent());
        assertEquals(List.of("sendDatagrams all", "sendDatagrams all"), socket.calls);
        socket.calls.clear();
        assertSame(rest, c.sendChain(rest, ConnectionIo.UNLIMITED));
        assertEquals(List.of(), socket.calls, "what no mark follows is not sent yet");
        rest.buf().flush(true);
        socket.answers(1);
        assertNull(c.sendChain(rest, ConnectionIo.UNLIMITED));
        assertEquals(7, c.sent());
    }

    @Test
    void the_limit_stops_between_two() {
        Chain chain = chain(
                text("abc").flush(true), text("def").flush(true), text("ghi").flush(true));
        socket.answers(1, 1);
        Chain rest = c.sendChain(chain, 4);
        assertEquals("ghi", rest.buf().text());
        assertEquals(List.of("sendDatagrams 4", "sendDatagrams 1"), socket.calls);
    }

    @Test
    void what_a_full_socket_did_not_take_is_whole() {
        Chain chain = chain(text("abc").flush(true), text("d"), text("ef").flush(true));
        socket.answers(1, Io.AGAIN);
        Chain rest = c.sendChain(chain, ConnectionIo.UNLIMITED);
        assertEquals("d", rest.buf().text());
        assertEquals("ef", rest.next().buf().text());
        assertEquals(3, c.sent());
        assertFalse(c.writeReady());
        assertSame(rest, c.sendChain(rest, ConnectionIo.UNLIMITED), "nothing is tried until it can be written");
    }

    @Test
    void a_datagram_that_is_refused_is_an_error() {
        socket.fault = IoFault.MESSAGE_SIZE;
        socket.answers(Io.ERROR, Io.ERROR);
        assertSame(Chain.ERROR, c.sendChain(chain(text("abc").flush(true)), ConnectionIo.UNLIMITED));
        assertTrue(c.hasError());
        assertEquals(Io.ERROR, c.send(text("abc")));
    }

    @Test
    void a_part_of_a_file_is_an_error_in_the_first_datagram_only() {
        assertFalse(c.sendfile());
        OpenFile file = Mockito.mock(OpenFile.class);
        Chain chain = chain(text("abc").flush(true), pool.file(file, 0, 10).flush(true));
        socket.answers(1);
        assertSame(Chain.ERROR, c.sendChain(chain, ConnectionIo.UNLIMITED));
        assertEquals(3, c.sent());
        assertTrue(c.hasError());
        assertEquals(List.of("sendDatagrams all"), socket.calls);
    }

    // ---- what it is

    @Test
    void it_has_neither_segments_nor_a_stream() {
        assertEquals(SocketType.DATAGRAM, c.socketType());
        assertEquals(TcpSwitch.DISABLED, c.tcpNoDelayState());
        assertEquals(TcpSwitch.DISABLED, c.tcpNoPushState());
        assertTrue(c.tcpNoDelay());
        c.endDatagrams();
        assertEquals(List.of("endDatagrams"), socket.calls);
    }
}
