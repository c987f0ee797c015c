package io.sluice.balance.leasttime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.balance.History;
import io.sluice.balance.Loaded;
import io.sluice.balance.Threads;
import io.sluice.testkit.heap.Allocated;
import io.sluice.upstream.Selection;
import io.sluice.upstream.Upstream;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeastTimeTest {
    private long now = 1_000_000;

    @ParameterizedTest
    @CsvSource({"header, off", "header, on", "last-byte, off", "last-byte, on"})
    void every_choice_and_every_counter_is_that_of_nginx(String measure, String inflight) {
        new History(
                        balance(measure, inflight),
                        History.Servers.ANY,
                        (primary, backup) ->
                                new NginxLeastTime(primary, backup, measure.equals("header"), inflight.equals("on")))
                .atLongerTimes()
                .run(40, Loaded::of);
    }

    @ParameterizedTest
    @CsvSource({"connect, CONNECTED", "first-byte, FIRST_BYTE", "header, HEADER"})
    void the_faster_peer_gets_the_requests(String measure, PeerEvent event) {
        Upstream upstream = Loaded.of(balance(measure, "off"), Loaded.servers(2));
        int[] counts = new int[2];
        for (int i = 0; i < 100; i++) {
            Selection request = take(upstream);
            counts[request.taken()]++;
            long began = now;
            request.tell(event, began + (request.taken() == 0 ? 300 : 30));
            request.free(Outcome.DONE, began + 1_000);
        }
        assertTrue(counts[1] >= 98, counts[0] + " to the slow one");
    }

    @Test
    void a_slow_peer_gets_another_chance_after_a_silence() {
        Upstream upstream = Loaded.of(balance("header", "off"), Loaded.servers(2));
        answer(take(upstream), 2_000);
        answer(take(upstream), 30);
        assertEquals(1, answer(take(upstream), 30));
        now += 10_000;
        // 1,000 of the one against 15 of the other, in steps of 20: not yet.
        assertEquals(1, answer(take(upstream), 30));
        now += 100_000;
        assertEquals(1, take(upstream).taken() + take(upstream).taken(), "both are as good as new");
    }

    @Test
    void a_peer_that_answers_no_more_is_avoided_when_what_is_under_way_counts() {
        Upstream upstream = Loaded.of(balance("header", "on"), Loaded.servers(2));
        answer(take(upstream), 30);
        answer(take(upstream), 30);
        Selection stuck = take(upstream);
        int silent = stuck.taken();
        Selection other = take(upstream);
        assertEquals(1 - silent, answer(other, 30));
        now += 3_000;
        for (int i = 0; i < 5; i++) {
            assertEquals(1 - silent, take(upstream).taken(), "though it has more requests");
        }
    }

    @Test
    void peers_slower_than_five_seconds_are_all_as_bad() {
        Upstream upstream = Loaded.of(balance("header", "off"), Loaded.servers(2));
        answer(take(upstream), 6_000);
        answer(take(upstream), 60_000);
        // By active requests then, and one after the other if they have none.
        Selection first = take(upstream);
        Selection second = take(upstream);
        assertEquals(1, first.taken() + second.taken());
    }

    @Test
    void the_average_takes_a_twentieth_of_the_new_value() {
        assertEquals(100, ResponseTime.average(0, 100));
        assertEquals(105, ResponseTime.average(100, 200));
        assertEquals(100, ResponseTime.average(100, 109));
        assertEquals(101, ResponseTime.average(100, 110));
    }

    @Test
    void estimates_are_compared_exactly_where_their_product_is_too_long() {
        long large = 1L << 40;
        assertEquals(0, ResponseTimes.compare(large, large, large, large));
        assertTrue(ResponseTimes.compare(large, large, large + 1, large) < 0);
        assertTrue(ResponseTimes.compare(large, large, large, large + 1) > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"header", "last-byte"})
    void two_workers_lose_no_attempt(String measure) throws InterruptedException {
        Upstream upstream = Loaded.of(balance(measure, "on"), Loaded.ofWeights(3, 1, 2));
        Threads.two(() -> {
            List<Selection> held = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                Selection request = take(upstream);
                if (i % 3 == 0) {
                    request.tell(PeerEvent.HEADER, now);
                }
                held.add(request);
                if (held.size() == 5) {
                    held.forEach(one -> one.free(Outcome.DONE, now));
                    held.clear();
                }
            }
        });
        upstream.peers().forEach(peer -> assertEquals(0, peer.active()));
        // What is under way no more must not count: all are as fast, so they are chosen by weight.
        int[] counts = new int[3];
        now += 100_000;
        for (int i = 0; i < 600; i++) {
            Selection request = take(upstream);
            counts[request.taken()]++;
            request.free(Outcome.DONE, now);
        }
        assertEquals(600, counts[0], "the heaviest is the least for its weight while none is known");
    }

    @ParameterizedTest
    @ValueSource(strings = {"on", "off"})
    void a_steady_request_allocates_nothing(String inflight) {
        Upstream upstream = Loaded.of(balance("header", inflight), Loaded.ofWeights(1, 1, 1));
        Selection request = Loaded.request(upstream);
        steady(upstream, request, 20_000);
        assertEquals(0, Allocated.by(() -> steady(upstream, request, 10_000)));
    }

    private void steady(Upstream upstream, Selection request, int times) {
        for (int i = 0; i < times; i++) {
            request.start(upstream);
            request.get(now);
            request.tell(PeerEvent.HEADER, now + 5);
            request.free(Outcome.KEEPALIVE, now + 9);
        }
    }

    private static String balance(String measure, String inflight) {
        return "{ method = least-time, measure = " + measure + ", inflight = " + inflight + " }";
    }

    private Selection take(Upstream upstream) {
        Selection request = Loaded.request(upstream);
        assertEquals(Choice.PEER, request.get(now));
        return request;
    }

    private int answer(Selection request, long millis) {
        int chosen = request.taken();
        request.tell(PeerEvent.HEADER, now + millis);
        request.free(Outcome.DONE, now + millis);
        return chosen;
    }
}
