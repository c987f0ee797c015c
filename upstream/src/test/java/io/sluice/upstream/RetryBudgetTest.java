package io.sluice.upstream;

import static io.sluice.upstream.FirstPeer.FIRST;
import static io.sluice.upstream.Rig.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** How many attempts beyond the first an upstream may cause. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryBudgetTest {
    private static final RetryPolicy RETRY = new RetryPolicy(RetryPolicy.ERROR | RetryPolicy.TIMEOUT, 0, 0, false);

    private final Rig rig = new Rig();

    private static Upstream upstream(RetryBudgetSettings budget, ServerSettings... servers) {
        UpstreamTerms terms =
                new UpstreamTerms(null, Rig.KEEPALIVE, new QueueSettings(0, Duration.ofSeconds(1)), budget);
        return new Upstream("backend", 0, terms, Rig.parts(FIRST, servers));
    }

    private static ServerSettings never() {
        return server(0, 0, false, false);
    }

    /** One request whose attempts all fail. Answers how many there were. */
    private int fail(Upstream upstream) {
        rig.start(upstream, RETRY);
        do {
            rig.peer.connect();
        } while (rig.peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE));
        return rig.peer.attempts();
    }

    @Test
    void further_attempts_are_a_part_of_the_requests_of_the_last_ten_seconds() {
        RetryBudget budget = new RetryBudget(new RetryBudgetSettings(true, 20, 0));
        SecondCounts first = budget.join();
        SecondCounts second = budget.join();
        for (int i = 0; i < 5; i++) {
            first.add(100);
            second.add(101);
        }
        assertTrue(budget.take(101));
        assertTrue(budget.take(105));
        assertFalse(budget.take(106));
        assertFalse(budget.take(109));
        assertFalse(budget.take(110), "five of them are gone, which allow one: the second try counts");
        for (int i = 0; i < 10; i++) {
            second.add(114);
        }
        assertTrue(budget.take(114));
        assertTrue(budget.take(115));
        assertFalse(budget.take(115));
        assertTrue(budget.isNews(115));
        assertFalse(budget.isNews(115));
        assertTrue(budget.isNews(116));
    }

    @Test
    void so_many_a_second_are_allowed_without_any_request() {
        RetryBudget budget = new RetryBudget(new RetryBudgetSettings(true, 0, 2));
        for (int i = 0; i < 2 * SecondCounts.WINDOW; i++) {
            assertTrue(budget.take(50));
        }
        assertFalse(budget.take(50));
        assertFalse(budget.take(59));
        assertTrue(budget.take(60));
    }

    @Test
    void none_is_refused_without_a_limit_and_each_with_none_allowed() {
        RetryBudget open = new RetryBudget(new RetryBudgetSettings(false, 0, 0));
        RetryBudget shut = new RetryBudget(new RetryBudgetSettings(true, 0, 0));
        shut.join().add(7);
        assertTrue(open.take(7));
        assertFalse(shut.take(7));
    }

    @Test
    void an_attempt_that_is_not_allowed_is_the_end_and_is_told_once_a_second() {
        Upstream upstream = upstream(new RetryBudgetSettings(true, 100, 0), never(), never(), never());
        // Each request may cause two more and earns one.
        assertEquals(2, fail(upstream));
        assertEquals(2, fail(upstream));
        assertEquals(2, fail(upstream));
        String log = rig.logged();
        assertEquals(2, log.split("the retry budget of backend is used up", -1).length, log);
        assertTrue(log.contains("[warn]"), log);
        rig.after(Duration.ofSeconds(1));
        fail(upstream);
        assertTrue(rig.logged().contains("the retry budget of backend is used up"));
    }

    @Test
    void one_dead_peer_of_three_uses_up_no_budget_even_if_it_is_never_left_alone() {
        Upstream upstream = upstream(new RetryBudgetSettings(true, 50, 10), never(), never(), never());
        for (int i = 0; i < 3_000; i++) {
            rig.start(upstream, RETRY);
            rig.peer.connect();
            if (i % 3 == 0) {
                assertTrue(rig.peer.next(RetryPolicy.TIMEOUT, Outcome.FAILED, Repeat.SAFE), "request " + i);
                rig.peer.connect();
            }
            rig.peer.free(Outcome.DONE);
        }
    }

    @Test
    void an_idle_connection_that_was_dead_costs_no_budget() {
        Upstream upstream = upstream(new RetryBudgetSettings(true, 0, 0), never(), never());
        rig.start(upstream, RETRY);
        rig.peer.connect();
        rig.peer.free(Outcome.KEEPALIVE);
        rig.start(upstream, RETRY);
        assertEquals(Attempt.CACHED, rig.peer.connect());
        assertTrue(rig.peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
        assertEquals(Attempt.CONNECTING, rig.peer.connect());
        assertFalse(rig.peer.next(RetryPolicy.ERROR, Outcome.FAILED, Repeat.SAFE));
    }

    @Test
    void an_answer_that_would_be_asked_for_elsewhere_counts_once() {
        Upstream upstream = upstream(new RetryBudgetSettings(true, 100, 0), never(), never(), never());
        rig.start(upstream, RETRY);
        rig.peer.connect();
        rig.peer.notifyPeer(PeerEvent.HEADER);
        assertTrue(rig.peer.mayTryNext(RetryPolicy.TIMEOUT, Repeat.SAFE));
        assertTrue(rig.peer.next(RetryPolicy.TIMEOUT, Outcome.NEXT, Repeat.SAFE));
        rig.peer.connect();
        assertFalse(rig.peer.mayTryNext(RetryPolicy.TIMEOUT, Repeat.SAFE));
        rig.peer.free(Outcome.DONE);
    }

    @Test
    void counts_of_seconds_are_those_of_a_plain_map() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            SecondCounts counts = new SecondCounts();
            TreeMap<Long, Long> plain = new TreeMap<>();
            long second = random.nextInt(1_000);
            for (int i = 0; i < 2_000; i++) {
                second += random.nextInt(100) < 5 ? random.nextInt(30) : 0;
                counts.add(second);
                plain.merge(second, 1L, Long::sum);
                long window = plain.tailMap(second - SecondCounts.WINDOW, false).values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                assertEquals(window, counts.upTo(second), "seed " + seed);
            }
            assertEquals(0, counts.upTo(second + 10));
        }
    }

    @Test
    void workers_together_never_take_more_than_there_is() throws InterruptedException {
        RetryBudget budget = new RetryBudget(new RetryBudgetSettings(true, 10, 3));
        AtomicInteger taken = new AtomicInteger();
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            SecondCounts counts = budget.join();
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    begin.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                for (int i = 0; i < 10_000; i++) {
                    counts.add(5);
                    if (budget.take(5)) {
                        taken.incrementAndGet();
                    }
                }
            }));
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(taken.get() <= 4_000 + 30, "taken: " + taken);
        while (budget.take(5)) {
            taken.incrementAndGet();
        }
        assertEquals(4_000 + 30, taken.get());
    }
}
