package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.server;
import static io.sluice.upstream.Rig.upstream;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PeerGroupTest {
    private static final long NOW = 50_000;

    @Test
    void a_peer_rests_after_max_fails_and_is_probed_once_per_fail_timeout() {
        PeerGroup group =
                upstream(FIRST, server(0, 2, false, false), server()).snapshot().primary();
        assertFalse(fail(group, NOW));
        assertTrue(group.mayTry(0, NOW));
        assertTrue(fail(group, NOW));
        assertFalse(group.mayTry(0, NOW));
        assertFalse(group.mayTry(0, NOW + 10_000));
        assertFalse(group.take(0, NOW + 10_000));
        assertEquals(0, group.active(0));

        assertTrue(group.mayTry(0, NOW + 10_001));
        assertTrue(group.take(0, NOW + 10_001));
        assertFalse(group.mayTry(0, NOW + 10_001), "one request is enough to find out");
        assertFalse(group.take(0, NOW + 10_001));
        group.free(0, Outcome.DONE, NOW + 10_002);
        assertEquals(0, group.fails(0));
        assertTrue(group.mayTry(0, NOW + 10_002));
    }

    @Test
    void a_probe_that_fails_begins_the_rest_anew() {
        PeerGroup group = upstream(FIRST, server(), server()).snapshot().primary();
        assertTrue(fail(group, NOW));
        assertTrue(fail(group, NOW + 10_001));
        assertEquals(2, group.fails(0));
        assertFalse(group.mayTry(0, NOW + 20_001));
        assertTrue(group.mayTry(0, NOW + 20_002));
    }

    @Test
    void a_success_that_began_before_the_failure_forgives_nothing() {
        PeerGroup group =
                upstream(FIRST, server(0, 3, false, false), server()).snapshot().primary();
        assertTrue(group.take(0, NOW));
        fail(group, NOW + 1);
        group.free(0, Outcome.DONE, NOW + 2);
        assertEquals(1, group.fails(0));
        assertTrue(group.take(0, NOW + 10_002));
        group.free(0, Outcome.NEXT, NOW + 10_002);
        assertEquals(0, group.fails(0));
    }

    @Test
    void no_max_fails_means_that_nothing_is_counted() {
        PeerGroup group =
                upstream(FIRST, server(0, 0, false, false), server()).snapshot().primary();
        assertFalse(fail(group, NOW));
        assertEquals(0, group.fails(0));
        assertTrue(group.mayTry(0, NOW));
    }

    @Test
    void a_peer_that_is_down_or_full_may_not_be_tried() {
        PeerGroup group = upstream(FIRST, server(1, 1, false, false), server(0, 1, false, true))
                .snapshot()
                .primary();
        assertFalse(group.mayTry(1, NOW));
        assertFalse(group.take(1, NOW));
        assertTrue(group.take(0, NOW));
        assertFalse(group.mayTry(0, NOW));
        assertFalse(group.take(0, NOW));
        group.free(0, Outcome.DONE, NOW);
        assertTrue(group.mayTry(0, NOW));
    }

    @Test
    void of_an_only_peer_just_down_and_full_count() {
        PeerGroup group = upstream(FIRST, server(1, 1, false, false)).snapshot().primary();
        assertFalse(fail(group, NOW));
        assertTrue(group.take(0, NOW));
        assertFalse(group.mayTry(0, NOW));
        assertFalse(upstream(FIRST, server(), server(0, 1, true, false))
                .snapshot()
                .primary()
                .isSingle());
    }

    @Test
    void a_long_session_that_connected_ends_the_rest() {
        Upstream upstream = upstream(FIRST, server(), server());
        fail(upstream.snapshot().primary(), NOW);
        Selection request = new Selection(new SeededRandomness(1));
        request.start(upstream);
        assertEquals(Choice.PEER, request.get(NOW + 10_001));
        assertEquals(0, request.taken());
        request.tell(PeerEvent.HEADER, NOW + 10_001);
        assertEquals(1, upstream.snapshot().primary().fails(0));
        request.tell(PeerEvent.CONNECTED, NOW + 10_001);
        assertEquals(0, upstream.snapshot().primary().fails(0));
    }

    @Test
    void a_request_knows_what_it_tried_among_many() {
        ServerSettings[] many = new ServerSettings[130];
        Arrays.fill(many, server());
        Upstream upstream = upstream(FIRST, many);
        Selection request = new Selection(new SeededRandomness(1));
        request.start(upstream);
        for (int i = 0; i < many.length; i++) {
            assertEquals(Choice.PEER, request.get(NOW));
            assertEquals(i, request.taken());
            assertThrows(IllegalStateException.class, () -> request.take(0));
            request.free(Outcome.NEXT, NOW);
        }
        assertEquals(Choice.BUSY, request.get(NOW));
        request.start(upstream(FIRST, server(), server()));
        assertEquals(Choice.PEER, request.get(NOW));
        assertEquals(0, request.taken());
    }

    @Test
    void two_threads_lose_no_failure_and_no_count() throws InterruptedException {
        Upstream upstream = upstream(FIRST, server(0, 1_000_000, false, false), server(3, 1, false, false));
        PeerGroup group = upstream.snapshot().primary();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int i = 0; i < 20_000; i++) {
                    fail(group, NOW);
                    if (group.take(1, NOW)) {
                        most.accumulateAndGet(group.active(1), Math::max);
                        group.free(1, Outcome.DONE, NOW);
                    }
                }
            }));
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(80_000, group.fails(0));
        assertEquals(0, group.active(0));
        assertEquals(0, group.active(1));
        assertTrue(most.get() <= 3, "at most " + most);
    }

    private static boolean fail(PeerGroup group, long now) {
        assertTrue(group.take(0, now));
        return group.free(0, Outcome.FAILED, now);
    }
}
