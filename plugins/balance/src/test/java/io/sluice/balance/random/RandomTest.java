package io.sluice.balance.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.balance.Loaded;
import io.sluice.balance.Threads;
import io.sluice.core.config.ConfigurationException;
import io.sluice.core.time.SeededRandomness;
import io.sluice.testkit.heap.Allocated;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RandomTest {
    private static final long NOW = 1_000_000;
    private static final String ONE = "random";
    private static final String TWO = "{ method = random, two = least-conn }";
    private static final String TIMED = "{ method = random, two = least-time, measure = header, inflight = on }";

    @ParameterizedTest
    @ValueSource(strings = {ONE, TWO, TIMED})
    void peers_are_drawn_by_weight(String balance) {
        Upstream upstream = Loaded.of(balance, Loaded.servers(4));
        int[] counts = new int[4];
        Selection request = new Selection(new SeededRandomness(7));
        for (int i = 0; i < 40_000; i++) {
            request.start(upstream);
            assertEquals(Choice.PEER, request.get(NOW));
            counts[request.taken()]++;
            request.free(Outcome.DONE, NOW);
        }
        for (int count : counts) {
            assertEquals(10_000, count, 400);
        }
    }

    @Test
    void heavier_ones_more_often() {
        Upstream upstream = Loaded.of(ONE, Loaded.ofWeights(5, 3, 2));
        int[] counts = new int[3];
        Selection request = new Selection(new SeededRandomness(7));
        for (int i = 0; i < 40_000; i++) {
            request.start(upstream);
            request.get(NOW);
            counts[request.taken()]++;
            request.free(Outcome.DONE, NOW);
        }
        assertEquals(20_000, counts[0], 600);
        assertEquals(12_000, counts[1], 600);
        assertEquals(8_000, counts[2], 600);
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, TWO, TIMED})
    void one_request_meets_each_peer_once(String balance) {
        Upstream upstream = Loaded.of(balance, Loaded.servers(50));
        Selection request = new Selection(new SeededRandomness(3));
        request.start(upstream);
        boolean[] met = new boolean[50];
        for (int i = 0; i < 50; i++) {
            assertEquals(Choice.PEER, request.get(NOW));
            assertTrue(!met[request.taken()]);
            met[request.taken()] = true;
            request.free(Outcome.NEXT, NOW);
        }
        assertEquals(Choice.BUSY, request.get(NOW));
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, TWO, TIMED})
    void a_peer_that_is_down_is_passed_over(String balance) {
        Upstream upstream = Loaded.of(
                balance, "{ address = \"127.0.0.1:1\", weight = 1000, down = on }, \"127.0.0.1:2\", \"127.0.0.1:3\"");
        Selection request = new Selection(new SeededRandomness(3));
        for (int i = 0; i < 1_000; i++) {
            request.start(upstream);
            assertEquals(Choice.PEER, request.get(NOW));
            assertTrue(request.taken() > 0);
            request.free(Outcome.DONE, NOW);
        }
    }

    @Test
    void the_better_of_two_keeps_the_load_even() {
        int one = 0;
        int two = 0;
        for (int seed = 1; seed <= 10; seed++) {
            one += most(Loaded.of(ONE, Loaded.servers(20)), seed);
            two += most(Loaded.of(TWO, Loaded.servers(20)), seed);
        }
        assertTrue(one > 10 * 112, "one: " + one);
        assertTrue(two < 10 * 104, "two: " + two);
    }

    /** The most active requests of a peer, where the average is 100. */
    private static int most(Upstream upstream, int seed) {
        SeededRandomness random = new SeededRandomness(seed);
        for (int i = 0; i < 2_000; i++) {
            Selection request = new Selection(random);
            request.start(upstream);
            request.get(NOW);
        }
        return upstream.peers().stream().mapToInt(peer -> peer.active()).max().orElseThrow();
    }

    @Test
    void the_faster_of_two_is_taken() {
        Upstream upstream = Loaded.of(TIMED, Loaded.servers(2));
        int[] counts = new int[2];
        long now = NOW;
        Selection request = new Selection(new SeededRandomness(5));
        for (int i = 0; i < 200; i++) {
            request.start(upstream);
            request.get(now);
            counts[request.taken()]++;
            request.tell(PeerEvent.HEADER, now + (request.taken() == 0 ? 900 : 30));
            request.free(Outcome.DONE, now + 1_000);
            now++;
        }
        assertTrue(counts[1] > 190, counts[0] + " to the slow one");
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, TWO, TIMED})
    void two_workers_lose_no_count(String balance) throws InterruptedException {
        Upstream upstream =
                Loaded.of(balance, "{ address = \"127.0.0.1:1\", max-conns = 1 }, \"127.0.0.1:2\", \"127.0.0.1:3\"");
        AtomicLong seeds = new AtomicLong();
        Threads.two(() -> {
            Selection request = new Selection(new SeededRandomness(seeds.incrementAndGet()));
            for (int i = 0; i < 30_000; i++) {
                request.start(upstream);
                assertEquals(Choice.PEER, request.get(NOW));
                assertTrue(upstream.peers().getFirst().active() <= 1);
                request.free(Outcome.DONE, NOW);
            }
        });
        upstream.peers().forEach(peer -> assertEquals(0, peer.active()));
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, TWO, TIMED})
    void no_server_can_be_a_backup(String balance) {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> Loaded.of(balance, "\"127.0.0.1:1\", { address = \"127.0.0.1:2\", backup = on }"));
        assertTrue(refused.getMessage().contains("backup"), refused.getMessage());
    }

    @Test
    void a_wrong_kind_of_two_is_named() {
        ConfigurationException refused = assertThrows(
                ConfigurationException.class,
                () -> Loaded.of("{ method = random, two = least-con }", "\"127.0.0.1:1\""));
        assertEquals(
                List.of("test.conf:1: upstreams.backend.balance.two: 'least-con' is not one of off, least-conn,"
                        + " least-time (did you mean 'least-conn'?)"),
                refused.problems().stream().map(Object::toString).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE, TWO, TIMED})
    void a_steady_request_allocates_nothing(String balance) {
        Upstream upstream = Loaded.of(balance, Loaded.ofWeights(5, 1, 1));
        Selection request = Loaded.request(upstream);
        steady(upstream, request, 20_000);
        assertEquals(0, Allocated.by(() -> steady(upstream, request, 10_000)));
    }

    private static void steady(Upstream upstream, Selection request, int times) {
        for (int i = 0; i < times; i++) {
            request.start(upstream);
            request.get(NOW);
            request.tell(PeerEvent.HEADER, NOW + 5);
            request.free(Outcome.KEEPALIVE, NOW + 9);
        }
    }
}
