package io.sluice.core.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.BufferedBit.Scope;
import io.sluice.core.log.IoFault;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What a plugin can do with its handle. Claims and stale handles are tested on a whole server, in the testkit. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConnectionTest {
    private final TestEngine engine = new TestEngine();
    private final TestEndpoint socket = new TestEndpoint(engine.slabs.nativeAccess());
    private final ConnectionPool pool = new ConnectionPool(4, engine);
    private final Party party = new Party();
    private final BitPromise bit = new BufferedBits().claimFixed("test", "test.held", Scope.CONNECTION, 0x40);
    private Connection c;

    @BeforeEach
    void connect() {
        c = party.enter(pool, socket, "a");
    }

    @AfterEach
    void close() {
        if (c.isOpen()) {
            c.close(CloseReason.FINISHED);
        }
        engine.close();
    }

    private Buf text(String text) {
        Buf buf = c.pool().take(256);
        buf.putAscii(text);
        return buf;
    }

    // ---- flush

    @Test
    void what_is_flushed_whole_leaves_an_empty_buf_and_no_bit() {
        socket.answers(3, 2);
        Buf buf = text("hello");
        c.buffer(bit.get());
        assertTrue(c.flush(buf, bit));
        assertEquals(0, buf.size());
        assertEquals(256, buf.room());
        assertFalse(c.isBuffered(bit.get()));
    }

    @Test
    void the_bit_is_set_while_something_is_left() {
        socket.answers(3, Io.AGAIN);
        Buf buf = text("hello");
        assertFalse(c.flush(buf, bit));
        assertEquals("lo", buf.text());
        assertTrue(c.isBuffered(bit.get()));
        assertFalse(c.hasError());
        socket.answers(2);
        assertTrue(c.flush(buf, bit));
        assertEquals(0, c.buffered());
    }

    @Test
    void after_an_error_nothing_is_ever_flushed() {
        socket.fault = IoFault.CONNECTION_RESET;
        socket.answers(Io.ERROR);
        assertFalse(c.flush(text("hello"), bit));
        assertTrue(c.hasError());
    }

    @Test
    void to_flush_nothing_asks_nobody() {
        assertTrue(c.flush(text("").clear(), bit));
        assertEquals(List.of(), socket.calls);
    }

    // ---- rest

    @Test
    void who_rests_may_be_taken_and_is_timed_out() {
        c.rest(50);
        assertTrue(c.isReusable() && c.isIdle());
        engine.advanceMillis(49);
        engine.expire();
        assertTrue(c.isOpen());
        engine.advanceMillis(1);
        engine.expire();
        assertEquals(List.of("a timedOut READ", "a closed TIMED_OUT"), party.heard);
    }

    @Test
    void bytes_that_come_end_the_rest() {
        socket.answers(Io.AGAIN, 5);
        c.rest(50);
        c.recv(c.pool().take(256));
        assertTrue(c.isReusable() && c.isIdle(), "nothing has come yet");
        c.recv(c.pool().take(256));
        assertFalse(c.isReusable() || c.isIdle());
        engine.advanceMillis(100);
        engine.expire();
        assertTrue(c.isOpen());
    }

    @Test
    void a_stopping_server_lets_nobody_rest() {
        engine.stopping = true;
        c.rest(50);
        engine.expire();
        assertFalse(c.isOpen());
    }

    // ---- flags

    @Test
    void each_flag_is_off_at_first_and_says_what_was_said() {
        assertFalse(c.hasError()
                || c.isTimedOut()
                || c.hasUnexpectedEof()
                || c.isDestroyed()
                || c.isIdle()
                || c.isReusable());
        assertTrue(c.sendfile(), "until an I/O comes between that cannot");
        c.setError();
        c.unexpectedEof(true);
        c.sendfile(false);
        assertTrue(c.hasError() && c.hasUnexpectedEof() && !c.sendfile());
        c.unexpectedEof(false);
        c.sendfile(true);
        assertTrue(c.sendfile() && !c.hasUnexpectedEof());
    }

    @Test
    void who_was_closed_by_a_timer_has_timed_out_and_who_went_on_has_not() {
        c.readTimeout(5);
        engine.advanceMillis(5);
        engine.expire();
        assertTrue(c.isTimedOut() && c.isDestroyed());
        Connection other = party.enter(pool, new TestEndpoint(engine.slabs.nativeAccess()), "other");
        other.close(CloseReason.TIMED_OUT);
        assertTrue(other.isTimedOut());
        Connection third = party.enter(pool, new TestEndpoint(engine.slabs.nativeAccess()), "third");
        List<Boolean> known = new ArrayList<>();
        party.whenTimedOut = (guest, timed) -> known.add(timed.isTimedOut());
        third.readTimeout(5);
        engine.advanceMillis(5);
        engine.expire();
        assertEquals(List.of(true), known);
        assertFalse(third.isTimedOut());
        third.close(CloseReason.FINISHED);
        assertFalse(third.isTimedOut());
    }

    @Test
    void requests_are_counted_and_sent_may_start_again() {
        socket.answers(2, 3);
        c.countRequest();
        c.countRequest();
        assertEquals(2, c.requests());
        c.send(text("ab"));
        assertEquals(2, c.sent());
        c.sent(0);
        c.send(text("abc"));
        assertEquals(3, c.sent());
    }

    // ---- bits

    @Test
    void bits_are_set_and_taken_off_one_by_one() {
        BufferedBit other = new BufferedBit("other", Scope.CONNECTION, 0x80);
        c.buffer(bit.get());
        c.buffer(other);
        assertEquals(0xc0, c.buffered());
        c.unbuffer(bit.get());
        assertTrue(c.isBuffered(other) && !c.isBuffered(bit.get()));
        assertThrows(IllegalArgumentException.class, () -> c.buffer(new BufferedBit("ssi", Scope.REQUEST, 1)));
    }

    // ---- how it ends

    /** As ngx_close_connection: nobody must find a socket in a free slot, or memory behind a closed socket's back. */
    @Test
    void a_close_goes_step_by_step_and_once() {
        List<String> steps = new ArrayList<>();
        Slot slot = c.slot();
        c.reusable(true);
        c.readTimeout(5);
        c.postRead();
        party.whenClosed = (guest, why) -> {
            steps.add("told, " + (slot.used() ? "slot used, " : "") + (c.isOpen() ? "open" : "closed"));
            assertEquals(socket, slot.endpoint(), "it can still be asked who it was");
            c.close(CloseReason.IO_ERROR);
        };
        c.pool().onEnd(() -> steps.add("pool ends, " + (slot.used() ? "slot used, " : "slot free, ") + socket.calls));
        c.pool().take(100);
        c.close(CloseReason.FINISHED);
        assertEquals(List.of("told, slot used, open", "pool ends, slot free, [close]"), steps);
        assertEquals(List.of("a closed FINISHED"), party.heard);
        assertEquals(List.of("close"), socket.calls);
        assertEquals(0, engine.slabs.bytesInUse());
        assertEquals(4, pool.free());
    }

    @Test
    void what_a_consumer_throws_in_closed_stops_nothing() {
        party.whenClosed = (guest, why) -> {
            throw new IllegalStateException("bug");
        };
        c.close(CloseReason.FINISHED);
        assertEquals(List.of("closed: java.lang.IllegalStateException: bug"), engine.failures);
        assertEquals(List.of("close"), socket.calls);
        assertEquals(4, pool.free());
    }

    @Test
    void a_timer_without_an_owner_closes() {
        Slot slot = pool.take();
        TestEndpoint endpoint = new TestEndpoint(engine.slabs.nativeAccess());
        slot.endpoint(endpoint);
        Connection nobodys = pool.open(slot, null, null);
        nobodys.writeTimeout(1);
        engine.advanceMillis(1);
        engine.expire();
        assertEquals(List.of("close"), endpoint.calls);
    }

    // ---- who it is

    @Test
    void the_local_address_of_a_listener_is_not_asked_for() {
        Address at = Address.inet(new byte[] {10, 0, 0, 7}, 8080);
        assertEquals(at, accepted(at).localAddress());
        Address any = Address.inet(new byte[4], 8080);
        Connection wild = accepted(any);
        TestEndpoint asked = lastAccepted;
        assertEquals(List.of(), asked.calls, "only when it is wanted");
        assertEquals(socket.local, wild.localAddress());
        assertEquals(socket.local, wild.localAddress());
        assertEquals(List.of("localAddress"), asked.calls, "the system is asked once");
    }

    private TestEndpoint lastAccepted;

    private Connection accepted(Address at) {
        Slot slot = pool.take();
        TestEndpoint endpoint = new TestEndpoint(engine.slabs.nativeAccess());
        slot.endpoint(endpoint);
        lastAccepted = endpoint;
        Connection made =
                pool.open(slot, new Listening(at, ListenOptions.DEFAULT, "party", null, null, "test.conf:1"), null);
        assertTrue(made.isSingle());
        return made;
    }

    @Test
    void nagle_is_switched_off_once_and_not_for_a_unix_socket() {
        c.tcpNoDelay();
        c.tcpNoDelay();
        assertEquals(List.of("TCP_NODELAY=1"), socket.calls);
        Slot slot = pool.take();
        TestEndpoint endpoint = new TestEndpoint(engine.slabs.nativeAccess());
        slot.endpoint(endpoint);
        pool.open(slot, null, Address.unix(new byte[] {'/', 'x'})).tcpNoDelay();
        assertEquals(List.of(), endpoint.calls);
    }

    @Test
    void an_option_that_is_refused_is_logged() {
        socket.refusesOptions = true;
        assertFalse(c.option(SocketOption.TCP_CORK, 1));
        assertEquals(List.of("[alert] 1#0: *1 a socket option was refused: TCP_CORK"), engine.logged());
    }

    @Test
    void a_connection_made_for_another_speaks_with_that_one_s_number() {
        assertEquals(1, c.connectionNumber());
        Connection peer = party.enter(pool, new TestEndpoint(engine.slabs.nativeAccess()), "peer");
        assertEquals(2, peer.connectionNumber());
        peer.logContext(c);
        assertEquals(1, peer.connectionNumber());
        assertNull(peer.listening());
        assertFalse(peer.isSingle());
    }
}
