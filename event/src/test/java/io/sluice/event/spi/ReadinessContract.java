package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.core.buffer.Buf;
import io.sluice.core.connection.Endpoint;
import io.sluice.core.connection.Io;
import io.sluice.core.log.IoFault;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

/** What is reported, when, and to whom. */
public abstract class ReadinessContract extends DriverHarness {
    private static final long TOKEN = 3L << 32 | 7;
    private static final long OTHER = 4L << 32 | 7;

    // ---- listening sockets

    @Test
    public void a_listening_socket_is_reported_until_its_queue_is_empty() throws Exception {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        client(socket.address());
        assertEquals(Readiness.READ, await(LISTENER, Readiness.READ));
        assertEquals(Readiness.READ, await(LISTENER, Readiness.READ));
        closing(connected(source.accept()));
        assertEquals(0, reported(LISTENER));
    }

    @Test
    public void an_accept_from_an_empty_queue_is_no_fault() throws Exception {
        AcceptSource source = closing(driver.watch(listen(loopback(0)), LISTENER));
        assertNull(source.accept());
        assertEquals(IoFault.NONE, source.fault());
    }

    @Test
    public void a_paused_listening_socket_is_silent_until_it_is_resumed() throws Exception {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        source.pause();
        source.pause();
        client(socket.address());
        assertEquals(0, reported(LISTENER));
        source.resume();
        source.resume();
        await(LISTENER, Readiness.READ);
        closing(connected(source.accept()));
    }

    @Test
    public void a_listening_socket_that_is_not_watched_any_more_stays_open() throws Exception {
        ListenSocket socket = listen(loopback(0));
        driver.watch(socket, LISTENER).close();
        client(socket.address());
        assertEquals(0, reported(LISTENER));
        accept(closing(driver.watch(socket, LISTENER)));
    }

    // ---- connections

    @Test
    public void bytes_that_wait_are_reported_once() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        send(pair.theirs(), "x");
        assertEquals(Readiness.READ, await(TOKEN, Readiness.READ));
        assertEquals(0, reported(TOKEN));
    }

    @Test
    public void bytes_that_came_before_attach_are_reported() throws Exception {
        Pair pair = pair();
        send(pair.theirs(), "x");
        pair.ours().attach(TOKEN, false);
        await(TOKEN, Readiness.READ);
    }

    @Test
    public void more_bytes_are_reported_after_a_read_that_found_nothing() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        assertEquals(Io.AGAIN, pair.ours().read(pool.take(256)));
        pair.ours().awaitRead();
        assertEquals(0, reported(TOKEN));
        send(pair.theirs(), "x");
        await(TOKEN, Readiness.READ);
    }

    @Test
    public void more_bytes_are_reported_after_a_read_that_brought_less_than_there_was_room_for() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        for (int round = 0; round < 3; round++) {
            send(pair.theirs(), "abc");
            await(TOKEN, Readiness.READ);
            Buf into = pool.take(256);
            assertEquals(3, pair.ours().read(into));
            pair.ours().awaitRead();
        }
    }

    @Test
    public void writing_is_reported_only_if_somebody_waits_for_it() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        assertEquals(0, reported(TOKEN));
        pair.ours().awaitWrite();
        await(TOKEN, Readiness.WRITE);
        assertEquals(0, reported(TOKEN));
    }

    @Test
    public void attach_may_ask_for_writing_too() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, true);
        await(TOKEN, Readiness.WRITE);
        assertEquals(0, reported(TOKEN));
        send(pair.theirs(), "x");
        await(TOKEN, Readiness.READ);
    }

    @Test
    public void waiting_to_write_may_begin_before_attach() throws Exception {
        Pair pair = pair();
        pair.ours().awaitWrite();
        pair.ours().attach(TOKEN, false);
        await(TOKEN, Readiness.WRITE);
    }

    @Test
    public void the_end_of_the_others_stream_is_reported_and_ours_goes_on() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        send(pair.theirs(), "last");
        pair.theirs().shutdownOutput();
        int bits = await(
                TOKEN, can(Capability.PEER_CLOSE_EVENT) ? Readiness.READ | Readiness.PEER_CLOSED : Readiness.READ);
        assertEquals(0, bits & Readiness.ERROR);
        assertEquals("last", read(pair.ours(), TOKEN, 4));
        assertEquals(Io.END, pair.ours().read(pool.take(256)));
        assertEquals(2, pair.ours().write(buf("ok")));
        assertEquals("ok", receive(pair.theirs(), 2));
    }

    @Test
    public void a_reset_is_reported_and_the_read_tells_it() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        pair.theirs().setSoLinger(true, 0);
        pair.theirs().close();
        // Who cannot tell the end of a stream cannot tell this either.
        await(TOKEN, can(Capability.PEER_CLOSE_EVENT) ? Readiness.READ | Readiness.ERROR : Readiness.READ);
        assertEquals(Io.ERROR, pair.ours().read(pool.take(256)));
        assertEquals(IoFault.CONNECTION_RESET, pair.ours().fault());
    }

    // ---- who is meant

    @Test
    public void a_closed_socket_is_never_reported_for_the_one_that_comes_after_it() throws Exception {
        ListenSocket socket = listen(loopback(0));
        AcceptSource source = closing(driver.watch(socket, LISTENER));
        for (int round = 0; round < 50; round++) {
            Socket first = client(socket.address());
            Endpoint former = accept(source);
            former.attach(TOKEN, true);
            send(first, "x");
            former.close();
            assertFalse(former.attached());
            Socket second = client(socket.address());
            Endpoint next = accept(source);
            next.attach(OTHER, false);
            send(second, "y");
            assertEquals(Readiness.READ, awaitOnly(OTHER));
            assertEquals(0, reported(TOKEN));
            next.close();
        }
    }

    /** What is reported first; nothing but one socket may be. */
    private int awaitOnly(long token) {
        for (int polls = 0; polls < 100; polls++) {
            if (driver.poll(1_000_000_000) > 0) {
                assertEquals(token, driver.token(0));
                return driver.readiness(0);
            }
        }
        return fail("nothing was reported");
    }

    @Test
    public void a_result_keeps_its_token_when_its_socket_is_closed_in_the_same_turn() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        send(pair.theirs(), "x");
        for (int polls = 0; driver.poll(1_000_000_000) == 0; polls++) {
            assertNotEquals(100, polls, "nothing was reported");
        }
        pair.ours().close();
        assertEquals(TOKEN, driver.token(0));
        assertEquals(Readiness.READ, driver.readiness(0));
    }

    @Test
    public void a_detached_socket_is_silent_and_can_come_back() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        assertTrue(pair.ours().attached());
        pair.ours().detach();
        assertFalse(pair.ours().attached());
        send(pair.theirs(), "x");
        assertEquals(0, reported(TOKEN));
        pair.ours().attach(OTHER, false);
        await(OTHER, Readiness.READ);
    }

    @Test
    public void a_socket_can_move_to_another_driver() throws Exception {
        Driver second = anotherDriver();
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        pair.ours().detach();
        second.adopt(pair.ours());
        pair.ours().attach(OTHER, false);
        send(pair.theirs(), "hello");
        await(second, OTHER, Readiness.READ);
        assertEquals(0, reported(TOKEN));
        Buf into = pool.take(256);
        assertEquals(5, pair.ours().read(into));
        assertEquals("hello", into.text());
        pair.ours().awaitWrite();
        await(second, OTHER, Readiness.WRITE);
    }

    @Test
    public void an_attached_socket_and_a_foreign_one_are_not_adopted() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, false);
        Driver second = anotherDriver();
        assertThrows(IllegalStateException.class, () -> second.adopt(pair.ours()));
        Endpoint foreign = Mockito.mock(Endpoint.class);
        assertThrows(IllegalArgumentException.class, () -> second.adopt(foreign));
    }

    private static Endpoint connected(Endpoint endpoint) {
        assertNotNull(endpoint, "nobody connected");
        return endpoint;
    }
}
