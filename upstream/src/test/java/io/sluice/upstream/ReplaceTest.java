package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.connection.Connection;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;
import io.sluice.upstream.discover.PeerSet;
import io.sluice.upstream.discover.PeerSpec;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The peers of an upstream are replaced while requests are under way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReplaceTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    private final Rig rig = new Rig();
    private final PeerConnection<String> peer = rig.peer;

    /** Peers with these ports. */
    static PeerSet ports(int... ports) {
        return of(new PeerTerms(1, 0, 1, 10_000, 0, Standing.UP, false, null), ports);
    }

    static PeerSet of(PeerTerms terms, int... ports) {
        List<PeerSpec> peers = new ArrayList<>();
        for (int port : ports) {
            peers.add(new PeerSpec(Rig.address(port), "server", terms));
        }
        return new PeerSet(peers);
    }

    private static List<Integer> portsOf(Upstream upstream) {
        return upstream.peers().stream().map(one -> one.address().port()).toList();
    }

    @Test
    void what_is_known_of_a_peer_that_stays_is_kept() {
        Upstream upstream = upstream(FIRST, server(), server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE);
        peer.connect();
        Peer held = peer.peer();
        assertEquals(2, held.address().port());
        PeerConnection<String> other =
                rig.worker.peerConnection(rig.claim, "other", rig.log().speaker());
        PeerTerms heavy = new PeerTerms(5, 1, 1, 10_000, 0, Standing.UP, false, "a");
        upstream.replace(of(heavy, 2, 1, 4));

        assertEquals(List.of(2, 1, 4), portsOf(upstream));
        List<Peer> now = upstream.peers();
        assertEquals(1, now.get(0).active());
        assertEquals(1, now.get(1).fails());
        assertEquals(5, now.get(0).weight());
        other.start(upstream, Rig.OPTIONS, RETRY, rig.log());
        other.connect();
        assertEquals(4, other.peer().address().port(), "2 is full by a request of the former set, 1 rests");
        peer.free(Outcome.DONE);
        assertEquals(0, now.get(0).active());
        assertEquals(0, held.active());
    }

    @Test
    void a_peer_of_which_nothing_has_changed_is_the_same_object() {
        Upstream upstream = upstream(FIRST);
        upstream.replace(ports(1, 2));
        Peer first = upstream.peers().getFirst();
        upstream.replace(ports(3, 1));
        assertSame(first, upstream.peers().get(1));
    }

    @Test
    void two_peers_of_one_address_stay_two() {
        Upstream upstream = upstream(FIRST);
        upstream.replace(ports(1, 1));
        Peer first = upstream.peers().get(0);
        Peer second = upstream.peers().get(1);
        assertNotSame(first.state(), second.state());
        upstream.replace(ports(2, 1, 1, 1));
        assertSame(first, upstream.peers().get(1));
        assertSame(second, upstream.peers().get(2));
        upstream.replace(ports(1));
        assertFalse(first.isRemoved());
        assertTrue(second.isRemoved());
    }

    @Test
    void a_removed_peer_is_not_tried_by_a_request_under_way() {
        Upstream upstream = upstream(FIRST, server(), server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        upstream.replace(ports(1, 3));
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        peer.connect();
        assertEquals(3, peer.peer().address().port());
    }

    @Test
    void a_request_that_finds_nobody_left_goes_on_with_the_present_peers() {
        Upstream upstream = upstream(FIRST, server(), server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        upstream.replace(ports(4, 1));
        assertTrue(peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        peer.connect();
        assertEquals(4, peer.peer().address().port());
        assertTrue(peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE));
        assertEquals(Attempt.BUSY, peer.connect(), "it has tried 1 before");
    }

    @Test
    void idle_connections_to_a_removed_peer_are_closed_and_others_stay() {
        Upstream upstream = upstream(FIRST, server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        Connection first = peer.connection();
        PeerConnection<String> other =
                rig.worker.peerConnection(rig.claim, "other", rig.log().speaker());
        upstream.replace(ports(2, 1));
        other.start(upstream, Rig.OPTIONS, RETRY, rig.log());
        other.connect();
        Connection second = other.connection();
        peer.free(Outcome.KEEPALIVE);
        other.free(Outcome.KEEPALIVE);
        assertEquals(2, rig.worker.idle(upstream));

        upstream.replace(ports(2));
        rig.turn();
        assertFalse(first.isOpen());
        assertTrue(second.isOpen());
        assertEquals(1, rig.worker.idle(upstream));
    }

    @Test
    void a_connection_that_was_in_use_when_its_peer_was_removed_is_not_kept() {
        Upstream upstream = upstream(FIRST, server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        Connection c = peer.connection();
        upstream.replace(ports(2));
        peer.free(Outcome.KEEPALIVE);
        assertFalse(c.isOpen());
    }

    @Test
    void a_worker_that_has_left_is_not_asked_to_close_anything() {
        Upstream upstream = upstream(FIRST, server(), server());
        rig.start(upstream, RETRY);
        peer.connect();
        peer.free(Outcome.KEEPALIVE);
        rig.worker.close();
        upstream.replace(ports(7));
        rig.turn();
        assertEquals(List.of(7), portsOf(upstream));
    }

    @Test
    void who_comes_back_while_attempts_hold_it_is_still_held_by_them() {
        Upstream upstream = upstream(FIRST);
        PeerTerms one = new PeerTerms(1, 1, 1, 10_000, 0, Standing.UP, false, null);
        upstream.replace(of(one, 1, 2));
        rig.start(upstream, RETRY);
        peer.connect();
        upstream.replace(of(one, 2));
        upstream.replace(of(one, 1));
        assertEquals(1, upstream.peers().getFirst().active());
        PeerConnection<String> other =
                rig.worker.peerConnection(rig.claim, "other", rig.log().speaker());
        other.start(upstream, Rig.OPTIONS, RETRY, rig.log());
        assertEquals(Attempt.BUSY, other.connect());
        peer.free(Outcome.DONE);
        assertEquals(Attempt.CONNECTING, other.connect());
        other.free(Outcome.DONE);

        upstream.replace(of(one, 2));
        upstream.replace(of(one, 1));
        assertEquals(0, upstream.peers().getFirst().active());
        assertFalse(upstream.peers().getFirst().isRemoved());
    }

    @Test
    void there_may_be_no_peer_at_all_for_a_while() {
        Upstream upstream = upstream(FIRST, server());
        upstream.replace(new PeerSet(List.of()));
        rig.start(upstream, RETRY);
        assertEquals(Attempt.BUSY, peer.connect());
        upstream.replace(ports(5));
        rig.start(upstream, RETRY);
        assertEquals(Attempt.CONNECTING, peer.connect());
    }

    @Test
    void a_balancer_takes_over_from_the_one_of_the_same_group() {
        List<String> heard = new ArrayList<>();
        Upstream upstream = upstream(peers -> new Heir(peers, heard), server(), server(0, 1, true, false), server());
        PeerTerms backup = new PeerTerms(1, 0, 1, 10_000, 0, Standing.UP, true, null);
        List<PeerSpec> next = new ArrayList<>(ports(3, 9, 1).peers());
        next.addAll(of(backup, 2, 8).peers());
        upstream.replace(new PeerSet(next));
        assertEquals(List.of("2 -> 3 [1, -1, 0]", "1 -> 2 [0, -1]"), heard);
    }

    private record Heir(Peers peers, List<String> heard) implements Balancer {
        @Override
        public void takeOver(Balancer former, int[] formerIndex) {
            heard.add(((Heir) former).peers.size() + " -> " + peers.size() + " " + Arrays.toString(formerIndex));
        }

        @Override
        public Choice get(PeerRequest request) {
            return Choice.BUSY;
        }
    }

    @Test
    void a_balancer_that_cannot_be_made_leaves_all_as_it_was() {
        Upstream upstream = upstream(
                peers -> {
                    if (peers.size() == 2) {
                        throw new IllegalStateException("not of two");
                    }
                    return FIRST.create(peers);
                },
                server());
        Snapshot before = upstream.snapshot();
        assertThrows(IllegalStateException.class, () -> upstream.replace(ports(8, 9)));
        assertSame(before, upstream.snapshot());
        assertFalse(before.peers().getFirst().isRemoved());
    }
}
