package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A connection that was idle turns out to be dead: nobody has done anything wrong. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CachedFailureTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    private final Rig rig = new Rig();
    private final PeerConnection<String> peer = rig.peer;
    private final Upstream upstream = upstream(FIRST, server(), server());

    /** A request that gets the idle connection of one before it. */
    private void cached() {
        rig.start(upstream, RETRY);
        peer.connect();
        peer.free(Outcome.KEEPALIVE);
        rig.start(upstream, RETRY);
        assertEquals(Attempt.CACHED, peer.connect());
    }

    @Test
    void it_does_not_count_against_the_peer_which_is_tried_again() {
        cached();
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        assertEquals(0, upstream.peers().getFirst().fails());
        assertEquals(2, peer.tries());
        assertEquals(Attempt.CONNECTING, peer.connect());
        assertEquals(1, peer.peer().address().port());
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        assertEquals(1, upstream.peers().getFirst().fails(), "a new one counts");
        peer.connect();
        assertEquals(2, peer.peer().address().port());
    }

    @Test
    void all_idle_connections_of_all_peers_may_be_dead() {
        PeerConnection<String> other =
                rig.worker.peerConnection(rig.claim, "other", rig.log().speaker());
        rig.start(upstream, RETRY);
        peer.connect();
        other.start(upstream, Rig.OPTIONS, RETRY, rig.log());
        other.connect();
        other.free(Outcome.KEEPALIVE);
        peer.free(Outcome.KEEPALIVE);
        rig.start(upstream, RETRY);
        assertEquals(Attempt.CACHED, peer.connect());
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        assertEquals(Attempt.CACHED, peer.connect());
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        assertEquals(Attempt.CONNECTING, peer.connect());
        assertEquals(2, peer.tries());
    }

    @Test
    void a_request_that_is_not_safe_to_repeat_is_not_repeated_for_it() {
        cached();
        assertFalse(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSAFE));
        cached();
        assertFalse(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.IMPOSSIBLE));
        cached();
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.UNSENT));
    }

    @Test
    void one_that_had_begun_to_answer_or_was_slow_is_a_failure_as_any_other() {
        cached();
        peer.notifyPeer(PeerEvent.HEADER);
        peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE);
        assertEquals(1, upstream.peers().getFirst().fails());
        Upstream second = upstream(FIRST, server(), server());
        rig.start(second, RETRY);
        peer.connect();
        peer.free(Outcome.KEEPALIVE);
        rig.start(second, RETRY);
        assertEquals(Attempt.CACHED, peer.connect());
        peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE);
        assertEquals(1, second.peers().getFirst().fails());
    }
}
