package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.event.Connector;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerConnectionTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    private final Rig rig = new Rig();
    private final PeerConnection<String> peer = rig.peer;

    @Test
    void a_request_holds_its_peer_until_it_is_freed_once() {
        Upstream upstream = upstream(FIRST, server());
        rig.start(upstream, RETRY);
        assertFalse(peer.isHeld());
        assertEquals(Attempt.CONNECTING, peer.connect());
        assertTrue(peer.isHeld());
        assertEquals(1, upstream.peers().getFirst().active());
        assertSame(rig.made.getFirst(), peer.connection());
        assertEquals(1, peer.connection().requests());
        assertThrows(IllegalStateException.class, peer::connect);

        peer.free(Outcome.DONE);
        assertEquals(0, upstream.peers().getFirst().active());
        assertNull(peer.connection());
        assertFalse(rig.made.getFirst().isOpen());
        assertTrue(rig.endpoints.getFirst().closed);
        assertEquals(List.of("closed FINISHED"), rig.told);
        assertThrows(IllegalStateException.class, () -> peer.free(Outcome.DONE));
        peer.close();
        assertEquals(0, upstream.peers().getFirst().active());
    }

    @Test
    void a_client_that_goes_away_costs_the_peer_nothing() {
        Upstream upstream = upstream(FIRST, server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        peer.close();
        peer.close();
        assertEquals(0, upstream.peers().getFirst().active());
        assertEquals(0, upstream.peers().getFirst().fails());
        assertFalse(rig.made.getFirst().isOpen());
    }

    @Test
    void a_connection_that_closes_by_itself_can_still_be_accounted_for() {
        Upstream upstream = upstream(FIRST, server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        rig.made.getFirst().close(CloseReason.IO_ERROR);
        assertEquals(List.of("closed IO_ERROR by itself"), rig.told);
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        assertEquals(1, upstream.peers().getFirst().fails());
        assertEquals(1, rig.told.size());
    }

    @Test
    void a_failed_attempt_goes_to_the_next_peer_until_there_is_none() {
        Upstream upstream = upstream(FIRST, server(), server(), server(0, 1, true, false));
        rig.start(upstream, RETRY);
        List<Integer> ports = new ArrayList<>();
        boolean again = true;
        while (again) {
            assertEquals(Attempt.CONNECTING, peer.connect());
            ports.add(peer.peer().address().port());
            again = peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSENT);
        }
        assertEquals(List.of(1, 2, 3), ports);
        assertEquals(3, peer.attempts());
        assertEquals(0, peer.tries());
        String log = rig.logged();
        assertTrue(
                log.contains("[warn] 1#1: peer 127.0.0.1:1 of backend is left alone for 10000 ms, failures: 1,"), log);
        rig.start(upstream, RETRY);
        assertEquals(Attempt.BUSY, peer.connect());
        assertFalse(peer.isHeld());
        log = rig.logged();
        assertTrue(log.contains("[error] 1#1: no peer of backend may be tried\n"), log);
    }

    @Test
    void tries_of_the_policy_end_it_earlier() {
        rig.start(upstream(FIRST, server(), server(), server()), new RetryPolicy(RetryPolicy.ERROR, 2, 0, false));
        assertEquals(2, peer.tries());
        peer.connect();
        assertTrue(peer.mayTryNext(RetryPolicy.ERROR, Repeat.SAFE));
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.NEXT, Repeat.SAFE));
        peer.connect();
        assertFalse(peer.mayTryNext(RetryPolicy.ERROR, Repeat.SAFE));
        assertFalse(peer.next(RetryPolicy.ERROR, Outcome.NEXT, Repeat.SAFE));
    }

    @Test
    void the_timeout_of_the_policy_ends_it_too() {
        rig.start(upstream(FIRST, server(), server()), new RetryPolicy(RetryPolicy.ERROR, 0, 500, false));
        peer.connect();
        rig.after(Duration.ofMillis(500));
        assertFalse(peer.mayTryNext(RetryPolicy.ERROR, Repeat.SAFE));
        assertFalse(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
    }

    @Test
    void an_unsafe_request_is_not_repeated_but_its_peer_is_freed() {
        Upstream upstream = upstream(FIRST, server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        assertFalse(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSAFE));
        assertEquals(0, upstream.peers().getFirst().active());
    }

    @Test
    void the_only_peer_is_tried_once_and_its_failures_are_ignored() {
        Upstream upstream = upstream(FIRST, server());
        for (int i = 0; i < 3; i++) {
            rig.start(upstream, RETRY);
            assertEquals(Attempt.CONNECTING, peer.connect());
            assertFalse(peer.mayTryNext(RetryPolicy.ERROR, Repeat.UNSENT));
            assertFalse(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSENT));
        }
        assertEquals(0, upstream.peers().getFirst().fails());
        assertEquals("", rig.logged());
    }

    @Test
    void a_dead_idle_connection_gives_the_try_back_even_with_one_peer() {
        Upstream upstream = upstream(FIRST, server());
        keep(upstream, 1);
        rig.start(upstream, RETRY);
        assertEquals(Attempt.CACHED, peer.connect());
        assertTrue(peer.isCached());
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        assertEquals(Attempt.CONNECTING, peer.connect());
        assertFalse(peer.isCached());
        assertFalse(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
    }

    @Test
    void an_idle_connection_that_answered_or_was_slow_gives_nothing_back() {
        Upstream upstream = upstream(FIRST, server());
        keep(upstream, 1);
        rig.start(upstream, RETRY);
        assertEquals(Attempt.CACHED, peer.connect());
        peer.notifyPeer(PeerEvent.FIRST_BYTE);
        assertFalse(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));

        keep(upstream, 1);
        rig.start(upstream, RETRY);
        assertEquals(Attempt.CACHED, peer.connect());
        assertFalse(peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE));
    }

    @Test
    void a_peer_that_refuses_is_declined_and_still_held() {
        Upstream upstream = upstream(FIRST, server(), server());
        rig.failure = Connector.Failure.REFUSED;
        rig.start(upstream, RETRY);
        assertEquals(Attempt.DECLINED, peer.connect());
        assertTrue(peer.isHeld());
        assertNull(peer.connection());
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSENT));
        assertEquals(1, upstream.peers().getFirst().fails());
    }

    @Test
    void our_own_want_is_no_fault_of_the_peer() {
        Upstream upstream = upstream(FIRST, server(), server());
        rig.failure = Connector.Failure.NO_RESOURCE;
        rig.start(upstream, RETRY);
        assertEquals(Attempt.ERROR, peer.connect());
        assertFalse(peer.isHeld());
        assertEquals(0, upstream.peers().getFirst().active());
        assertEquals(0, upstream.peers().getFirst().fails());
    }

    @Test
    void a_second_start_gives_back_what_the_first_held() {
        Upstream upstream = upstream(FIRST, server());
        rig.start(upstream, RETRY);
        peer.connect();
        rig.start(upstream, RETRY);
        assertEquals(0, upstream.peers().getFirst().active());
        assertFalse(rig.made.getFirst().isOpen());
    }

    private void keep(Upstream upstream, int connections) {
        for (int i = 0; i < connections; i++) {
            rig.start(upstream, RETRY);
            Attempt attempt = peer.connect();
            assertTrue(attempt == Attempt.CONNECTING || attempt == Attempt.CACHED);
            Connection c = peer.connection();
            peer.free(Outcome.KEEPALIVE);
            assertTrue(c.isOpen());
        }
    }
}
