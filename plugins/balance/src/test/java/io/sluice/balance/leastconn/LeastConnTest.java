package io.sluice.balance.leastconn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.balance.History;
import io.sluice.balance.Loaded;
import io.sluice.balance.Threads;
import io.sluice.testkit.heap.Allocated;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeastConnTest {
    private static final long NOW = 1_000_000;

    @Test
    void every_choice_and_every_counter_is_that_of_nginx() {
        new History("least-conn", History.Servers.ANY, NginxLeastConn::new).run(40, Loaded::of);
    }

    @Test
    void an_idle_upstream_gives_the_sequence_of_round_robin() {
        Upstream upstream = Loaded.of("least-conn", Loaded.ofWeights(5, 1, 1));
        int[] chosen = new int[14];
        for (int i = 0; i < chosen.length; i++) {
            Selection request = take(upstream);
            chosen[i] = request.taken();
            request.free(Outcome.DONE, NOW);
        }
        assertArrayEquals(new int[] {0, 0, 1, 0, 2, 0, 0, 0, 0, 1, 0, 2, 0, 0}, chosen);
    }

    @Test
    void requests_that_last_are_spread_by_weight() {
        Upstream upstream = Loaded.of("least-conn", Loaded.ofWeights(3, 2, 1));
        for (int i = 0; i < 600; i++) {
            take(upstream);
        }
        assertEquals(List.of(300, 200, 100), active(upstream));
    }

    @Test
    void a_peer_that_starts_slowly_counts_for_less() {
        Upstream upstream = Loaded.of(
                "least-conn", "{ address = \"127.0.0.1:1\", slow-start = 1000s, fail-timeout = 1s }, \"127.0.0.1:2\"");
        Selection failing = take(upstream);
        assertEquals(0, failing.taken());
        failing.free(Outcome.FAILED, NOW);
        Selection other = Loaded.request(upstream);
        other.get(NOW + 2_000);
        assertEquals(1, other.taken());
        Selection probe = Loaded.request(upstream);
        probe.get(NOW + 2_000);
        assertEquals(0, probe.taken());
        probe.free(Outcome.DONE, NOW + 2_000);
        other.free(Outcome.DONE, NOW + 2_000);
        // A tenth of its weight.
        for (int i = 0; i < 110; i++) {
            Loaded.request(upstream).get(NOW + 2_000 + 100_000);
        }
        assertEquals(List.of(10, 100), active(upstream));
    }

    @Test
    void two_workers_never_find_the_same_peer_idle() throws InterruptedException {
        Upstream upstream = Loaded.of("least-conn", Loaded.servers(4));
        Threads.two(() -> {
            List<Selection> held = new ArrayList<>();
            for (int round = 0; round < 2_000; round++) {
                for (int i = 0; i < 2; i++) {
                    held.add(take(upstream));
                }
                held.forEach(request -> request.free(Outcome.DONE, NOW));
                held.clear();
            }
        });
        assertEquals(List.of(0, 0, 0, 0), active(upstream));
        // Nobody gives back while it is taken, so the fewest is exact.
        Threads.two(() -> {
            for (int i = 0; i < 2_000; i++) {
                take(upstream);
            }
        });
        assertEquals(List.of(1_000, 1_000, 1_000, 1_000), active(upstream));
    }

    @Test
    void a_steady_request_allocates_nothing() {
        Upstream upstream = Loaded.of("least-conn", Loaded.ofWeights(5, 1, 1));
        Selection request = Loaded.request(upstream);
        steady(upstream, request, 20_000);
        assertEquals(0, Allocated.by(() -> steady(upstream, request, 10_000)));
    }

    private static void steady(Upstream upstream, Selection request, int times) {
        for (int i = 0; i < times; i++) {
            request.start(upstream);
            request.get(NOW);
            request.free(Outcome.KEEPALIVE, NOW);
        }
    }

    private static Selection take(Upstream upstream) {
        Selection request = Loaded.request(upstream);
        assertEquals(Choice.PEER, request.get(NOW));
        return request;
    }

    private static List<Integer> active(Upstream upstream) {
        return upstream.peers().stream().map(peer -> peer.active()).toList();
    }
}
