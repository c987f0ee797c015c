package io.sluice.upstream;

import static io.sluice.upstream.Rig.queued;
import static io.sluice.upstream.Rig.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import io.sluice.upstream.health.PeerHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Requests that wait for a peer, on one worker whose tasks and time are moved by hand. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueueTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    private final Rig rig = new Rig();
    private final List<String> heard = new ArrayList<>();

    private static ServerSettings one() {
        return server(1, 1, false, false);
    }

    /** A client whose requests wait. */
    private final class Client implements PeerWaiter {
        final String name;
        final PeerConnection<String> peer;
        boolean breaks;

        Client(String name) {
            this.name = name;
            this.peer = rig.worker.peerConnection(rig.claim, name, rig.log().speaker(), null, this);
        }

        Attempt ask(Upstream upstream) {
            peer.start(upstream, Rig.OPTIONS, RETRY, rig.log());
            return peer.connect();
        }

        @Override
        public void peerFree() {
            if (breaks) {
                throw new IllegalStateException("broken waiter");
            }
            heard.add(name + " " + peer.connect());
        }

        @Override
        public void queueTimedOut() {
            heard.add(name + " timed out");
        }
    }

    private final Client a = new Client("a");
    private final Client b = new Client("b");
    private final Client c = new Client("c");
    private final Client d = new Client("d");

    private List<String> heard() {
        rig.turn();
        List<String> now = List.copyOf(heard);
        heard.clear();
        return now;
    }

    @Test
    void who_waits_is_served_in_turn_as_peers_come_free() {
        Upstream upstream = queued(10, one());
        assertEquals(Attempt.CONNECTING, a.ask(upstream));
        assertEquals(Attempt.QUEUED, b.ask(upstream));
        assertEquals(Attempt.QUEUED, c.ask(upstream));
        assertEquals(List.of(), heard());
        a.peer.free(Outcome.KEEPALIVE);
        assertEquals(List.of("b CACHED"), heard());
        assertEquals(1, upstream.peers().getFirst().active());
        assertEquals(Attempt.QUEUED, a.ask(upstream), "behind c");
        b.peer.free(Outcome.DONE);
        assertEquals(List.of("c CONNECTING"), heard());
        c.peer.free(Outcome.DONE);
        assertEquals(List.of("a CONNECTING"), heard());
        a.peer.free(Outcome.DONE);
        assertEquals(0, upstream.peers().getFirst().active());
        assertTrue(upstream.queue().isEmpty());
    }

    @Test
    void nobody_overtakes_one_who_was_told_to_ask_and_has_not_yet() {
        Upstream upstream = queued(10, one());
        a.ask(upstream);
        b.ask(upstream);
        a.peer.free(Outcome.DONE);
        assertEquals(Attempt.QUEUED, c.ask(upstream), "the peer is free, and is b's");
        assertEquals(List.of("b CONNECTING"), heard());
        b.peer.free(Outcome.DONE);
        assertEquals(List.of("c CONNECTING"), heard());
    }

    @Test
    void who_wishes_for_one_server_still_does_when_its_turn_has_come() {
        Upstream upstream = queued(10, one(), one());
        a.ask(upstream);
        b.ask(upstream);
        c.peer.start(upstream, Rig.OPTIONS, RETRY, rig.log());
        c.peer.hint(b.peer.peer().sid());
        assertEquals(Attempt.QUEUED, c.peer.connect());
        a.peer.free(Outcome.DONE);
        b.peer.free(Outcome.DONE);
        assertEquals(List.of("c CONNECTING"), heard());
        assertEquals(2, c.peer.peer().address().port());
    }

    @Test
    void a_request_waits_only_for_so_long() {
        Upstream upstream = queued(10, one());
        a.ask(upstream);
        assertEquals(Attempt.QUEUED, b.ask(upstream));
        rig.waits(Duration.ofMillis(999));
        assertEquals(Attempt.QUEUED, c.ask(upstream));
        assertEquals(List.of(), heard());
        rig.waits(Duration.ofMillis(1));
        assertEquals(List.of("b timed out"), heard());
        assertFalse(b.peer.isHeld());
        assertEquals(1, upstream.queue().length());
        a.peer.free(Outcome.DONE);
        assertEquals(List.of("c CONNECTING"), heard());
        rig.waits(Duration.ofSeconds(5));
        assertEquals(List.of(), heard(), "who was served is not timed");
    }

    @Test
    void a_timeout_of_one_who_was_told_to_ask_hands_the_peer_on() {
        Upstream upstream = queued(10, one());
        a.ask(upstream);
        b.ask(upstream);
        rig.waits(Duration.ofMillis(10));
        c.ask(upstream);
        a.peer.free(Outcome.DONE);
        rig.waits(Duration.ofMillis(990));
        assertEquals(List.of("b timed out", "c CONNECTING"), heard());
    }

    @Test
    void a_client_that_goes_away_leaves_the_queue_and_hands_its_turn_on() {
        Upstream upstream = queued(10, one());
        a.ask(upstream);
        b.ask(upstream);
        c.ask(upstream);
        b.peer.close();
        assertEquals(1, upstream.queue().length());
        a.peer.free(Outcome.DONE);
        c.peer.close();
        assertEquals(List.of(), heard());
        assertEquals(0, upstream.peers().getFirst().active());
        assertEquals(Attempt.CONNECTING, b.ask(upstream));
        c.ask(upstream);
        d.ask(upstream);
        b.peer.free(Outcome.DONE);
        c.peer.close();
        assertEquals(List.of("d CONNECTING"), heard(), "c had been told and went away before it asked");
    }

    @Test
    void a_task_for_a_request_that_is_over_does_not_serve_the_next_out_of_turn() {
        Upstream upstream = queued(10, one());
        a.ask(upstream);
        b.ask(upstream);
        a.peer.free(Outcome.DONE);
        b.peer.close();
        assertEquals(Attempt.CONNECTING, d.ask(upstream));
        assertEquals(Attempt.QUEUED, c.ask(upstream));
        assertEquals(Attempt.QUEUED, b.ask(upstream));
        assertEquals(List.of(), heard());
        d.peer.free(Outcome.DONE);
        assertEquals(List.of("c CONNECTING"), heard());
    }

    @Test
    void a_full_queue_and_an_upstream_without_one_answer_at_once() {
        Upstream upstream = queued(1, one());
        a.ask(upstream);
        assertEquals(Attempt.QUEUED, b.ask(upstream));
        assertEquals(Attempt.BUSY, c.ask(upstream));
        assertTrue(rig.logged().contains("no peer of backend may be tried"));
        Upstream none = queued(0, one());
        d.ask(none);
        assertEquals(Attempt.BUSY, c.ask(none));
    }

    @Test
    void to_wait_makes_sense_only_for_a_peer_that_is_full() {
        Upstream down = queued(5, server(0, 1, false, true), server(0, 1, false, true));
        assertEquals(Attempt.BUSY, a.ask(down));
        Upstream resting = queued(5, server(1, 1, false, false), server(0, 1, false, true));
        a.ask(resting);
        a.peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE);
        assertEquals(Attempt.BUSY, a.ask(resting));
        assertTrue(resting.queue().isEmpty());
    }

    @Test
    void who_gave_no_waiter_does_not_wait() {
        Upstream upstream = queued(5, one());
        a.ask(upstream);
        rig.start(upstream, RETRY);
        assertEquals(Attempt.BUSY, rig.peer.connect());
    }

    @Test
    void a_request_that_has_tried_a_peer_waits_for_another_and_blocks_nobody_who_can_do_with_it() {
        Upstream upstream = queued(5, server(1, 0, false, false), server(1, 0, false, false));
        a.ask(upstream);
        b.ask(upstream);
        assertTrue(a.peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE));
        assertEquals(Attempt.QUEUED, a.peer.connect(), "it has tried the one that is free");
        assertEquals(Attempt.CONNECTING, c.ask(upstream), "which others need not wait for");
        assertEquals(Attempt.QUEUED, d.ask(upstream));
        c.peer.free(Outcome.DONE);
        assertEquals(List.of("d CONNECTING"), heard());
        b.peer.free(Outcome.DONE);
        assertEquals(List.of("a CONNECTING"), heard());
        assertEquals(2, a.peer.peer().address().port());
    }

    @Test
    void the_backup_group_is_waited_for_too_and_the_primary_comes_first() {
        Upstream upstream = queued(5, one(), server(1, 1, true, false));
        a.ask(upstream);
        b.ask(upstream);
        assertTrue(b.peer.peer().isBackup());
        assertEquals(Attempt.QUEUED, c.ask(upstream));
        assertEquals(Attempt.QUEUED, d.ask(upstream));
        b.peer.free(Outcome.DONE);
        assertEquals(List.of("c CONNECTING"), heard());
        assertTrue(c.peer.peer().isBackup());
        a.peer.free(Outcome.DONE);
        assertEquals(List.of("d CONNECTING"), heard());
        assertFalse(d.peer.peer().isBackup());
    }

    @Test
    void other_peers_and_better_health_end_the_wait_of_all_who_can_be_served() {
        Upstream upstream = queued(5, one(), one());
        PeerTerms terms = new PeerTerms(1, 1, 1, 10_000, 0, Standing.UP, false, null);
        new ReportedPeer(upstream, upstream.peers().get(1)).report(PeerHealth.UNWELL);
        a.ask(upstream);
        b.ask(upstream);
        c.ask(upstream);
        d.ask(upstream);
        new ReportedPeer(upstream, upstream.peers().get(1)).report(PeerHealth.WELL);
        assertEquals(List.of("b CONNECTING"), heard());
        upstream.replace(ReplaceTest.of(terms, 1, 2, 3, 4));
        assertEquals(List.of("c CONNECTING", "d CONNECTING"), heard());
        assertEquals(3, c.peer.peer().address().port());
    }

    @Test
    void a_waiter_that_throws_loses_its_turn_and_nobody_else_does() {
        Upstream upstream = queued(5, one());
        a.ask(upstream);
        b.ask(upstream);
        c.ask(upstream);
        b.breaks = true;
        a.peer.free(Outcome.DONE);
        assertEquals(List.of("c CONNECTING"), heard());
        assertEquals(1, rig.failures);
        assertTrue(rig.logged().contains("who waited for a peer failed"));
        assertFalse(b.peer.isHeld());
    }

    @Test
    void who_waits_must_not_connect() {
        Upstream upstream = queued(5, one());
        a.ask(upstream);
        b.ask(upstream);
        assertThrows(IllegalStateException.class, b.peer::connect);
    }
}
