package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.draining;
import static io.sluice.upstream.Rig.route;
import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.slow;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import io.sluice.upstream.health.PeerHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Who may be given a peer, and how much of its weight it has: down, drain, wishes, slow start, health. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StandingTest {
    private static final long NOW = 50_000;

    private final Selection request = new Selection(new SeededRandomness(1));

    private Choice get(Upstream upstream, String hint) {
        return get(upstream, hint, NOW);
    }

    private Choice get(Upstream upstream, String hint, long now) {
        request.start(upstream);
        request.hint(hint);
        return request.get(now);
    }

    private void free() {
        request.free(Outcome.DONE, NOW);
    }

    @Test
    void a_draining_peer_is_only_for_those_who_want_just_this_one() {
        Upstream upstream = upstream(FIRST, draining(), server());
        PeerGroup group = upstream.snapshot().primary();
        assertTrue(group.isDraining(0));
        assertFalse(group.isDown(0));
        assertFalse(group.mayTry(0, NOW));
        assertFalse(group.take(0, NOW));
        assertEquals(2, upstream.snapshot().tries(), "it counts as one that may be tried");
        assertEquals(Choice.PEER, get(upstream, null));
        assertEquals(1, request.taken());
        free();
        assertEquals(Choice.PEER, get(upstream, group.sid(0)));
        assertEquals(0, request.taken());
        free();
    }

    @Test
    void a_wish_is_served_by_route_or_by_the_digest_of_the_address() {
        Upstream upstream = upstream(FIRST, server(), route("b"), server());
        PeerGroup group = upstream.snapshot().primary();
        assertEquals("b", group.sid(1));
        // printf 127.0.0.1:3 | md5sum
        assertEquals("73c418f48cafa3c2b9f36efeb19875f8", group.sid(2));
        assertEquals(Choice.PEER, get(upstream, "b"));
        assertEquals(1, request.taken());
        free();
        assertEquals(Choice.PEER, get(upstream, group.sid(2)));
        assertEquals(2, request.taken());
        free();
        assertEquals(Choice.PEER, get(upstream, "nobody"));
        assertEquals(0, request.taken());
        free();
    }

    @Test
    void a_wish_for_a_peer_that_is_down_full_resting_or_tried_is_for_another_one() {
        Upstream upstream = upstream(FIRST, server(), server(1, 1, false, false), server(0, 1, false, true), server());
        PeerGroup group = upstream.snapshot().primary();
        assertEquals(Choice.PEER, get(upstream, group.sid(2)));
        assertEquals(0, request.taken(), "one that is down");
        free();

        assertTrue(group.take(1, NOW));
        assertEquals(Choice.PEER, get(upstream, group.sid(1)));
        assertEquals(0, request.taken(), "one that is full");
        free();

        assertTrue(group.take(3, NOW));
        group.free(3, Outcome.FAILED, NOW);
        assertEquals(Choice.PEER, get(upstream, group.sid(3)));
        assertEquals(0, request.taken(), "one that rests");
        free();

        request.hint(group.sid(0));
        assertEquals(Choice.BUSY, request.get(NOW), "one that was tried");
    }

    @Test
    void a_wish_is_for_one_attempt_and_may_be_for_a_backup_only_when_the_others_are_busy() {
        Upstream upstream = upstream(FIRST, server(1, 1, false, false), server(0, 1, true, false));
        String backup = upstream.snapshot().backup().sid(0);
        assertEquals(Choice.PEER, get(upstream, backup));
        assertFalse(request.peer().isBackup());
        Selection second = new Selection(new SeededRandomness(1));
        second.start(upstream);
        second.hint(backup);
        assertEquals(Choice.PEER, second.get(NOW));
        assertTrue(second.peer().isBackup());
        second.free(Outcome.DONE, NOW);
        free();

        Upstream two = upstream(FIRST, server(), server());
        assertEquals(Choice.PEER, get(two, two.snapshot().primary().sid(1)));
        assertEquals(1, request.taken());
        request.free(Outcome.NEXT, NOW);
        assertEquals(Choice.PEER, request.get(NOW));
        assertEquals(0, request.taken());
        free();
    }

    @Test
    void the_balancer_hears_of_a_wish_that_was_served_and_is_not_asked() {
        List<String> heard = new ArrayList<>();
        Upstream upstream = upstream(
                peers -> new Balancer() {
                    @Override
                    public Choice get(PeerRequest of) {
                        heard.add("get");
                        return Choice.BUSY;
                    }

                    @Override
                    public void hinted(PeerRequest of) {
                        heard.add("hinted " + of.taken());
                    }

                    @Override
                    public void free(PeerRequest of, Outcome outcome) {
                        heard.add("free " + of.taken());
                    }
                },
                server(),
                route("b"));
        assertEquals(Choice.PEER, get(upstream, "b"));
        free();
        assertEquals(List.of("hinted 1", "free 1"), heard);
    }

    @Test
    void a_peer_that_rested_comes_back_slowly() {
        Upstream upstream = upstream(FIRST, slow(Duration.ofSeconds(10)), server());
        PeerGroup group = upstream.snapshot().primary();
        assertEquals(Candidates.WHOLE, group.rampPermille(0, NOW));
        group.take(0, NOW);
        group.free(0, Outcome.FAILED, NOW);
        long back = NOW + 10_001;
        assertTrue(group.take(0, back));
        assertEquals(Candidates.WHOLE, group.rampPermille(0, back), "it has not proved that it works");
        group.free(0, Outcome.DONE, back);
        assertEquals(1, group.rampPermille(0, back));
        assertEquals(500, group.rampPermille(0, back + 5_000));
        assertEquals(999, group.rampPermille(0, back + 9_999));
        assertEquals(Candidates.WHOLE, group.rampPermille(0, back + 10_000));
        assertEquals(Candidates.WHOLE, group.rampPermille(1, back));
    }

    @Test
    void the_weight_of_a_peer_that_starts_slowly_is_never_less_than_one() {
        PeerTerms terms = new PeerTerms(20, 0, 1, 10_000, 1_000, Standing.UP, false, null);
        Upstream upstream = upstream(FIRST, server());
        upstream.replace(ReplaceTest.of(terms, 1, 2));
        request.start(upstream);
        request.get(NOW);
        Candidates peers = request.peers();
        assertEquals(20, peers.effectiveWeight(0), "it was there");
        assertEquals(1, peers.effectiveWeight(1), "it is new");
        free();
        request.start(upstream);
        request.get(NOW + 500);
        assertEquals(10, peers.effectiveWeight(1));
        assertEquals(20, peers.weight(1));
        free();
    }

    @Test
    void a_peer_that_is_not_down_any_more_starts_slowly_and_an_only_one_never() {
        PeerTerms down = new PeerTerms(1, 0, 1, 10_000, 1_000, Standing.DOWN, false, null);
        PeerTerms up = new PeerTerms(1, 0, 1, 10_000, 1_000, Standing.UP, false, null);
        Upstream upstream = upstream(FIRST, server());
        upstream.replace(ReplaceTest.of(down, 1, 2));
        upstream.replace(ReplaceTest.of(up, 1, 2));
        assertEquals(1, upstream.snapshot().primary().rampPermille(0, NOW));
        upstream.replace(ReplaceTest.of(up, 3));
        assertEquals(Candidates.WHOLE, upstream.snapshot().primary().rampPermille(0, NOW));
    }

    @Test
    void a_peer_that_is_reported_unwell_is_given_to_nobody_until_it_is_well() {
        Upstream upstream = upstream(FIRST, slow(Duration.ofSeconds(1)), server());
        PeerGroup group = upstream.snapshot().primary();
        ReportedPeer checked = new ReportedPeer(upstream, upstream.peers().getFirst());
        assertEquals("127.0.0.1:1", checked.address().toString());
        assertEquals("server", checked.server());
        checked.report(PeerHealth.WELL);
        assertEquals(0, group.generation(), "nobody has said anything else");
        checked.report(PeerHealth.UNWELL);
        assertEquals(1, group.generation());
        assertFalse(group.mayTry(0, NOW));
        assertFalse(group.take(0, NOW));
        assertEquals(Choice.PEER, get(upstream, group.sid(0)));
        assertEquals(1, request.taken());
        free();
        checked.report(PeerHealth.WELL);
        assertEquals(2, group.generation());
        assertTrue(group.mayTry(0, NOW));
        assertEquals(1, group.rampPermille(0, NOW));
    }

    @Test
    void what_is_said_of_a_peer_that_was_removed_counts_for_nobody() {
        Upstream upstream = upstream(FIRST, server(), server());
        ReportedPeer checked = new ReportedPeer(upstream, upstream.peers().getFirst());
        checked.report(PeerHealth.UNWELL);
        upstream.replace(ReplaceTest.ports(2));
        checked.report(PeerHealth.WELL);
        assertEquals(1, upstream.snapshot().primary().generation());
    }

    @Test
    void a_number_stays_with_the_request_in_a_group_and_no_longer() {
        List<Long> notes = new ArrayList<>();
        Upstream upstream = upstream(
                peers -> of -> {
                    notes.add(of.note());
                    of.note(of.note() + 7);
                    return FIRST.create(peers).get(of);
                },
                server(),
                server(),
                server(0, 1, true, false));
        request.start(upstream);
        for (int i = 0; i < 3; i++) {
            assertEquals(Choice.PEER, request.get(NOW));
            request.free(Outcome.NEXT, NOW);
        }
        request.start(upstream);
        request.get(NOW);
        free();
        assertEquals(List.of(0L, 7L, 14L, 0L, 0L), notes);
    }
}
