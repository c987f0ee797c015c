package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.OPTIONS;
import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Dispatch;
import io.sluice.core.connection.Io;
import io.sluice.core.connection.Slot;
import io.sluice.core.log.ConnectionErrorLevel;
import io.sluice.upstream.balance.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class KeepaliveCacheTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR, 0, 0, false);

    private final Rig rig = new Rig();
    private final PeerConnection<String> peer = rig.peer;
    private final Upstream upstream = upstream(FIRST, server());

    @Test
    void a_kept_connection_serves_the_next_request() {
        Connection c = connect();
        rig.after(Duration.ofSeconds(1));
        peer.free(Outcome.KEEPALIVE);
        assertTrue(c.isOpen());
        assertTrue(c.isIdle());
        assertFalse(c.isReusable());
        assertEquals(KeepaliveConsumer.KEY, c.claimedBy());
        assertEquals(List.of(), rig.told);

        c.sent(7);
        assertSame(c, again());
        assertEquals(0, c.sent());
        assertEquals(2, c.requests());
        assertFalse(c.isIdle());
        assertEquals(rig.claim.key(), c.claimedBy());
        assertEquals(ConnectionErrorLevel.ERR, c.errorLevel());
        rig.waits(Duration.ofMinutes(2));
        assertTrue(c.isOpen(), "the idle timeout ended with the idleness");
    }

    @Test
    void only_success_that_allows_it_is_kept() {
        for (Outcome outcome : List.of(Outcome.DONE, Outcome.NEXT, Outcome.FAILED)) {
            Connection c = connect();
            peer.free(outcome);
            assertFalse(c.isOpen());
        }
    }

    @Test
    void the_one_stored_last_is_taken_first_and_the_one_stored_first_is_closed_when_full() {
        PeerConnection<String> second =
                rig.worker.peerConnection(rig.claim, "second", rig.log().speaker());
        PeerConnection<String> third =
                rig.worker.peerConnection(rig.claim, "third", rig.log().speaker());
        Connection a = connect();
        Connection b = connect(second);
        Connection c = connect(third);
        peer.free(Outcome.KEEPALIVE);
        second.free(Outcome.KEEPALIVE);
        assertEquals(2, rig.worker.idle(upstream));
        third.free(Outcome.KEEPALIVE);
        assertEquals(2, rig.worker.idle(upstream));
        assertFalse(a.isOpen());
        assertSame(c, again());
        second.start(upstream, OPTIONS, RETRY, rig.log());
        assertEquals(Attempt.CACHED, second.connect());
        assertSame(b, second.connection());
        assertEquals(0, rig.worker.idle(upstream));
    }

    @Test
    void an_idle_connection_is_closed_after_the_timeout() {
        Connection c = connect();
        peer.free(Outcome.KEEPALIVE);
        rig.waits(Duration.ofMillis(59_999));
        assertTrue(c.isOpen());
        rig.waits(Duration.ofMillis(1));
        assertFalse(c.isOpen());
        assertEquals(0, rig.worker.idle(upstream));
        assertNotSame(c, again());
    }

    @ParameterizedTest
    @CsvSource({"-2, true", "0, false", "-1, false", "1, false"})
    void whatever_an_idle_peer_says_ends_the_connection(int read, boolean stays) {
        Connection c = connect();
        peer.free(Outcome.KEEPALIVE);
        rig.endpoints.getFirst().next = read;
        Slot slot = slotOf(c);
        slot.read().ready(true);
        Dispatch.readable(slot);
        assertEquals(stays, c.isOpen());
        assertEquals(stays ? 1 : 0, rig.worker.idle(upstream));
        assertEquals("", rig.logged(), "a reset of an idle connection is nobody's concern");
    }

    @Test
    void one_that_is_readable_already_is_looked_at_when_it_is_stored() {
        Connection c = connect();
        rig.endpoints.getFirst().next = Io.END;
        slotOf(c).read().ready(true);
        peer.free(Outcome.KEEPALIVE);
        assertFalse(c.isOpen());
        assertEquals(0, rig.worker.idle(upstream));
        rig.endpoints.clear();
        Connection next = connect();
        slotOf(next).read().ready(true);
        peer.free(Outcome.KEEPALIVE);
        assertTrue(next.isOpen(), "there was nothing to read after all");
    }

    @Test
    void a_connection_that_served_enough_or_is_too_old_is_not_kept() {
        Connection c = connect();
        peer.free(Outcome.KEEPALIVE);
        again();
        peer.free(Outcome.KEEPALIVE);
        assertSame(c, again());
        assertEquals(3, c.requests());
        peer.free(Outcome.KEEPALIVE);
        assertFalse(c.isOpen());
    }

    @Test
    void a_connection_that_is_too_old_is_not_kept_whoever_uses_it() {
        KeepaliveSettings hour = new KeepaliveSettings(2, Duration.ofHours(9), 1000, Duration.ofHours(1));
        Upstream slow = new Upstream("slow", 1, Rig.terms(hour), Rig.parts(FIRST, server(), server()));
        peer.start(slow, OPTIONS, RETRY, rig.log());
        peer.connect();
        Connection old = peer.connection();
        rig.after(Duration.ofMinutes(59));
        peer.free(Outcome.KEEPALIVE);
        PeerConnection<String> second =
                rig.worker.peerConnection(rig.claim, "second", rig.log().speaker());
        for (Duration more : List.of(Duration.ofMinutes(1), Duration.ofNanos(1))) {
            second.start(slow, OPTIONS, RETRY, rig.log());
            assertEquals(Attempt.CACHED, second.connect());
            rig.after(more);
            second.free(Outcome.KEEPALIVE);
        }
        assertEquals(3, old.requests());
        assertFalse(old.isOpen());
    }

    @Test
    void peers_may_say_unwanted_things_for_ever() {
        for (int i = 0; i < 5_000; i++) {
            connect();
            peer.free(Outcome.KEEPALIVE);
            Connection c = rig.made.removeFirst();
            rig.endpoints.removeFirst().next = 1;
            Slot slot = slotOf(c);
            slot.read().ready(true);
            Dispatch.readable(slot);
            assertFalse(c.isOpen());
        }
    }

    @Test
    void nothing_is_kept_of_a_connection_that_ended_or_while_the_server_stops() {
        Connection ended = connect();
        slotOf(ended).read().pendingEof(true);
        peer.free(Outcome.KEEPALIVE);
        assertFalse(ended.isOpen());

        Connection broken = connect();
        broken.setError();
        peer.free(Outcome.KEEPALIVE);
        assertFalse(broken.isOpen());

        Connection cut = connect();
        cut.unexpectedEof(true);
        peer.free(Outcome.KEEPALIVE);
        assertFalse(cut.isOpen());

        Connection late = connect();
        rig.stopping = true;
        peer.free(Outcome.KEEPALIVE);
        assertFalse(late.isOpen());
    }

    @Test
    void a_stopping_server_and_a_worker_that_leaves_close_what_is_idle() {
        Connection c = connect();
        peer.free(Outcome.KEEPALIVE);
        rig.connections().closeIdle();
        assertFalse(c.isOpen());
        assertEquals(0, rig.worker.idle(upstream));

        Connection d = connect();
        peer.free(Outcome.KEEPALIVE);
        rig.worker.close();
        assertFalse(d.isOpen());
        assertEquals(0, rig.worker.idle(upstream));
    }

    @Test
    void many_upstreams_have_a_cache_each() {
        Upstream far = new Upstream("far", 100, Rig.terms(Rig.KEEPALIVE), Rig.parts(FIRST, server(), server()));
        connect();
        peer.free(Outcome.KEEPALIVE);
        assertEquals(0, rig.worker.idle(far));
        assertEquals(1, rig.worker.idle(upstream));
        peer.start(far, OPTIONS, RETRY, rig.log());
        assertEquals(Attempt.CONNECTING, peer.connect());
    }

    @Test
    void a_cache_of_none_keeps_none() {
        KeepaliveSettings none = new KeepaliveSettings(0, Duration.ofSeconds(60), 1000, Duration.ofHours(1));
        Upstream off = new Upstream("off", 1, Rig.terms(none), Rig.parts(FIRST, server(), server()));
        peer.start(off, OPTIONS, RETRY, rig.log());
        peer.connect();
        Connection c = peer.connection();
        peer.free(Outcome.KEEPALIVE);
        assertFalse(c.isOpen());
    }

    @Test
    void a_steady_request_allocates_nothing() {
        KeepaliveSettings endless =
                new KeepaliveSettings(32, Duration.ofSeconds(60), Integer.MAX_VALUE, Duration.ofHours(1));
        Upstream busy = new Upstream("busy", 1, Rig.terms(endless), Rig.parts(FIRST, server(), server()));
        steady(busy, 20_000);
        assertEquals(0, new Allocated().by(() -> steady(busy, 10_000)));
        assertEquals(1, rig.made.size());
    }

    private void steady(Upstream busy, int times) {
        for (int i = 0; i < times; i++) {
            peer.start(busy, OPTIONS, RETRY, rig.log());
            peer.connect();
            peer.free(Outcome.KEEPALIVE);
        }
    }

    private Connection connect() {
        return connect(peer);
    }

    /** On a connection of its own. */
    private Connection connect(PeerConnection<String> by) {
        by.start(upstream, OPTIONS, RETRY, rig.log());
        assertEquals(Attempt.CONNECTING, by.connect());
        return by.connection();
    }

    /** Another request of the same client. */
    private Connection again() {
        rig.start(upstream, RETRY);
        peer.connect();
        return peer.connection();
    }

    private Slot slotOf(Connection c) {
        for (int i = 0; i < rig.connections().capacity(); i++) {
            Slot slot = rig.connections().slot(i);
            if (slot.connection() == c) {
                return slot;
            }
        }
        throw new IllegalStateException("closed");
    }
}
