package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Chain;
import io.sluice.core.buffer.OpenFile;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The dance of the cork and TCP_NODELAY, as nginx does it on Linux. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TcpPackingTest {
    private final TestEngine engine = new TestEngine();
    private final TestEndpoint socket = new TestEndpoint(engine.slabs.nativeAccess());
    private final ConnectionPool connections = new ConnectionPool(4, engine);
    private final Party party = new Party();
    private Connection c;

    @BeforeEach
    void connect() {
        c = party.enter(connections, socket, "a");
        socket.corks = true;
    }

    @AfterEach
    void close() {
        c.close(CloseReason.FINISHED);
        engine.close();
    }

    private Chain head(String text, Chain next) {
        Buf buf = c.pool().take(256);
        buf.putAscii(text);
        Chain link = c.pool().link(buf);
        link.next(next);
        return link;
    }

    /** Nothing of a file is asked before a driver sends it. */
    private Chain file(int bytes) {
        OpenFile file = (OpenFile) Proxy.newProxyInstance(
                OpenFile.class.getClassLoader(), new Class<?>[] {OpenFile.class}, (proxy, method, arguments) -> null);
        return c.pool().link(c.pool().file(file, 0, bytes));
    }

    /** The end of an answer. */
    private Chain lastFile(int bytes) {
        Chain link = file(bytes);
        link.buf().lastBuf(true);
        return link;
    }

    private Chain send(Chain chain) {
        return c.sendChain(chain, ConnectionIo.UNLIMITED);
    }

    @Test
    void a_head_is_held_back_for_the_file_behind_it_until_all_is_sent() {
        socket.answers(4, 60, 40);
        assertNull(send(head("head", file(100))));
        assertSame(TcpSwitch.SET, c.tcpNoPushState());
        assertTrue(c.tcpPush());
        assertSame(TcpSwitch.UNSET, c.tcpNoPushState());
        assertTrue(c.tcpPush(), "there is nothing to push");
        assertEquals(List.of("TCP_CORK=1", "writev all", "sendFile 100", "sendFile 40", "TCP_CORK=0"), socket.calls);
    }

    @Test
    void the_cork_is_put_on_once_for_an_answer_in_several_sends() {
        socket.answers(4, 50, Io.AGAIN, 50);
        Chain rest = send(head("head", file(100)));
        c.slot().write.ready = true;
        assertNull(send(rest));
        assertEquals(
                List.of("TCP_CORK=1", "writev all", "sendFile 100", "sendFile 50", "awaitWrite", "sendFile 50"),
                socket.calls);
    }

    @Test
    void no_delay_is_taken_off_for_the_cork_and_may_be_set_again() {
        socket.answers(4, 100);
        assertTrue(c.tcpNoDelay());
        assertSame(TcpSwitch.SET, c.tcpNoDelayState());
        assertNull(send(head("head", file(100))));
        assertSame(TcpSwitch.UNSET, c.tcpNoDelayState());
        assertTrue(c.tcpPush() && c.tcpNoDelay());
        assertSame(TcpSwitch.SET, c.tcpNoDelayState());
        assertEquals(
                List.of(
                        "TCP_NODELAY=1",
                        "TCP_NODELAY=0",
                        "TCP_CORK=1",
                        "writev all",
                        "sendFile 100",
                        "TCP_CORK=0",
                        "TCP_NODELAY=1"),
                socket.calls);
    }

    @Test
    void only_memory_with_a_file_behind_it_needs_a_cork() {
        socket.answers(8, 100, 4);
        assertNull(send(head("head", head("body", null))));
        assertNull(send(file(100)));
        Chain rest = c.sendChain(head("head", file(100)), 4);
        assertTrue(rest != null && rest.buf().inFile(), "the limit ends before the file");
        assertEquals(List.of("writev all", "sendFile 100", "writev 4"), socket.calls);
    }

    @Test
    void who_forbids_it_gets_no_cork() {
        socket.takesMore = true;
        socket.answers(4, 100);
        c.disableTcpNoPush();
        assertSame(TcpSwitch.DISABLED, c.tcpNoPushState());
        assertNull(send(head("head", lastFile(100))));
        assertTrue(c.tcpPush());
        assertEquals(List.of("writev all", "sendFile 100"), socket.calls);
    }

    @Test
    void what_is_held_back_while_it_is_forbidden_still_leaves() {
        socket.answers(4, 100);
        assertNull(send(head("head", file(100))));
        c.disableTcpNoPush();
        assertTrue(c.tcpPush());
        assertEquals("TCP_CORK=0", socket.calls.getLast());
    }

    @Test
    void a_driver_without_a_cork_sends_the_head_at_once_and_is_not_asked_again() {
        socket.corks = false;
        socket.answers(4, 100);
        c.tcpNoDelay();
        assertNull(send(head("head", file(100))));
        assertSame(TcpSwitch.DISABLED, c.tcpNoPushState());
        assertSame(TcpSwitch.SET, c.tcpNoDelayState());
        assertEquals(List.of("TCP_NODELAY=1", "writev all", "sendFile 100"), socket.calls);
        assertEquals(List.of(), engine.logged());
    }

    @Test
    void a_unix_socket_knows_neither() {
        Slot slot = connections.take();
        TestEndpoint endpoint = new TestEndpoint(engine.slabs.nativeAccess());
        endpoint.corks = true;
        endpoint.takesMore = true;
        slot.endpoint(endpoint);
        Connection unix = connections.open(slot, null, Address.unix(new byte[] {'/', 'x'}));
        assertSame(TcpSwitch.DISABLED, unix.tcpNoDelayState());
        assertSame(TcpSwitch.DISABLED, unix.tcpNoPushState());
        endpoint.answers(4, 100);
        assertNull(unix.sendChain(head("head", lastFile(100)), ConnectionIo.UNLIMITED));
        assertTrue(unix.tcpNoDelay() && unix.tcpPush());
        assertEquals(List.of("writev all", "sendFile 100"), endpoint.calls);
    }

    @Test
    void a_head_says_that_its_file_comes_and_nothing_is_switched() {
        socket.takesMore = true;
        socket.answers(8, 60, 40);
        c.tcpNoDelay();
        assertNull(send(head("head", head("more", lastFile(100)))));
        assertSame(TcpSwitch.UNSET, c.tcpNoPushState());
        assertSame(TcpSwitch.SET, c.tcpNoDelayState());
        assertTrue(c.tcpPush(), "there is nothing to push");
        assertEquals(List.of("TCP_NODELAY=1", "writevMore all", "sendFile 100", "sendFile 40"), socket.calls);
    }

    @Test
    void the_rest_of_a_head_says_it_again() {
        socket.takesMore = true;
        socket.answers(3, 1, 100);
        Chain rest = send(head("head", lastFile(100)));
        c.slot().write.ready = true;
        assertNull(send(rest));
        assertEquals(List.of("writevMore all", "awaitWrite", "writevMore all", "sendFile 100"), socket.calls);
    }

    @Test
    void a_head_whose_file_does_not_come_is_pushed_once() {
        socket.takesMore = true;
        socket.answers(4, Io.AGAIN, 100);
        Chain rest = send(head("head", lastFile(100)));
        assertTrue(rest != null && rest.buf().inFile());
        assertTrue(c.tcpPush());
        assertTrue(c.tcpPush());
        c.slot().write.ready = true;
        assertNull(send(rest));
        assertTrue(c.tcpPush());
        assertEquals(
                List.of("writevMore all", "sendFile 100", "awaitWrite", "TCP_CORK=0", "sendFile 100"), socket.calls);
    }

    @Test
    void a_head_whose_file_does_not_come_is_pushed_although_it_is_forbidden_since() {
        socket.takesMore = true;
        socket.answers(4, Io.AGAIN);
        send(head("head", lastFile(100)));
        c.disableTcpNoPush();
        assertTrue(c.tcpPush());
        assertSame(TcpSwitch.DISABLED, c.tcpNoPushState());
        assertEquals("TCP_CORK=0", socket.calls.getLast());
    }

    @Test
    void the_cork_holds_back_what_does_not_end_with_one_file() {
        socket.takesMore = true;
        socket.answers(4, 50);
        Chain rest = c.sendChain(head("head", lastFile(100)), 54);
        assertTrue(rest != null, "the limit cuts the file");
        socket.answers(50);
        assertNull(send(rest));
        assertTrue(c.tcpPush());
        socket.answers(4, 100, 4);
        Chain file = lastFile(100);
        file.next(head("tail", null));
        assertNull(send(head("head", file)));
        assertTrue(c.tcpPush());
        socket.answers(4, 100);
        assertNull(send(head("head", file(100))));
        assertEquals(
                List.of(
                        "TCP_CORK=1",
                        "writev 54",
                        "sendFile 50",
                        "sendFile 50",
                        "TCP_CORK=0",
                        "TCP_CORK=1",
                        "writev all",
                        "sendFile 100",
                        "write 4",
                        "TCP_CORK=0",
                        "TCP_CORK=1",
                        "writev all",
                        "sendFile 100"),
                socket.calls);
    }

    @Test
    void what_is_under_the_cork_stays_there_until_it_is_pushed() {
        socket.takesMore = true;
        socket.answers(4, 100, 4, 100);
        assertNull(send(head("head", file(100))));
        assertNull(send(head("part", lastFile(100))));
        assertSame(TcpSwitch.SET, c.tcpNoPushState());
        assertTrue(c.tcpPush());
        assertEquals(
                List.of("TCP_CORK=1", "writev all", "sendFile 100", "writev all", "sendFile 100", "TCP_CORK=0"),
                socket.calls);
    }

    @Test
    void a_refusal_is_an_error_of_the_connection() {
        socket.refusesOptions = true;
        assertFalse(c.tcpNoDelay());
        assertSame(TcpSwitch.UNSET, c.tcpNoDelayState());
        assertTrue(c.hasError());
        assertSame(Chain.ERROR, send(head("head", file(100))));
        assertEquals(
                List.of(
                        "[alert] 1#0: *1 TCP_NODELAY failed (Unknown error)",
                        "[alert] 1#0: *1 TCP_CORK failed (Unknown error)"),
                engine.logged());
    }
}
