package io.sluice.balance.roundrobin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.core.time.SeededRandomness;
import io.sluice.upstream.Selection;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoundRobinThreadsTest {
    private static final long NOW = 1_000_000;

    @Test
    void two_threads_share_one_sequence_exactly() throws InterruptedException {
        Balanced balanced = Balanced.ofWeights(5, 3, 2, 7, 1);
        AtomicIntegerArray counts = new AtomicIntegerArray(5);
        int each = 18 * 4_000;
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                Selection request = new Selection(new SeededRandomness(1));
                await(begin);
                for (int i = 0; i < each; i++) {
                    request.start(balanced.upstream());
                    request.get(NOW);
                    counts.incrementAndGet(request.taken());
                    request.free(Outcome.DONE, NOW);
                }
            }));
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        int rounds = 2 * each / 18;
        assertEquals(
                "[" + 5 * rounds + ", " + 3 * rounds + ", " + 2 * rounds + ", " + 7 * rounds + ", " + rounds + "]",
                counts.toString());
        assertTrue(balanced.isReading());
        balanced.upstream().peers().forEach(peer -> assertEquals(0, peer.active()));
    }

    @Test
    void two_threads_never_exceed_max_conns_and_lose_no_count() throws InterruptedException {
        Balanced balanced = Balanced.of("{ address = \"127.0.0.1:1\", max-conns = 1, weight = 3, max-fails = 0 }, "
                + "{ address = \"127.0.0.1:2\", max-fails = 0 }");
        AtomicIntegerArray inside = new AtomicIntegerArray(1);
        AtomicIntegerArray most = new AtomicIntegerArray(1);
        CountDownLatch begin = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            threads.add(Thread.ofPlatform().start(() -> {
                Selection request = new Selection(new SeededRandomness(1));
                await(begin);
                for (int i = 0; i < 40_000; i++) {
                    request.start(balanced.upstream());
                    if (request.get(NOW) == Choice.PEER) {
                        boolean limited = request.taken() == 0;
                        if (limited) {
                            most.accumulateAndGet(0, inside.incrementAndGet(0), Math::max);
                            inside.decrementAndGet(0);
                        }
                        request.free(i % 5 == 0 ? Outcome.FAILED : Outcome.DONE, NOW);
                    }
                }
            }));
        }
        begin.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(1, most.get(0));
        balanced.upstream().peers().forEach(peer -> assertEquals(0, peer.active()));
        // The weights must have survived it: both take turns by 3 to 1.
        int heavy = 0;
        Selection request = new Selection(new SeededRandomness(1));
        for (int i = 0; i < 400; i++) {
            request.start(balanced.upstream());
            assertEquals(Choice.PEER, request.get(NOW));
            heavy += request.taken() == 0 ? 1 : 0;
            request.free(Outcome.DONE, NOW);
        }
        assertEquals(300, heavy);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
