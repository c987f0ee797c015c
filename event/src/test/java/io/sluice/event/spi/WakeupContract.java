package io.sluice.event.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How a poll ends when no socket is ready. One that does not end cannot be interrupted, so a thread of its own is given
 * up for it.
 */
public abstract class WakeupContract extends ReadinessContract {
    private static final long TOKEN = 9;
    private static final long FOREVER = -1;
    private static final long SHORT = 20_000_000;
    private static final long FAR = 3_600_000_000_000L;

    @Test
    public void a_poll_of_no_time_comes_back_at_once() {
        assertEquals(0, driver.poll(0));
    }

    @Test
    public void a_poll_of_any_time_comes_back_without_a_result() {
        assertEquals(0, driver.poll(1));
        assertEquals(0, driver.poll(1_500_000));
    }

    /** The worker's time stands still in between, as it may in a test with a clock of its own. */
    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    public void a_poll_that_nothing_ends_lasts_as_long_as_it_was_told_each_time() {
        for (int i = 0; i < 3; i++) {
            long start = System.nanoTime();
            assertEquals(0, driver.poll(SHORT));
            assertTrue(System.nanoTime() - start >= SHORT);
        }
    }

    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    public void a_shorter_poll_ends_in_time_after_a_longer_one_that_was_ended() {
        driver.wakeup();
        assertEquals(0, driver.poll(FAR));
        assertEquals(0, driver.poll(SHORT));
        driver.wakeup();
        assertEquals(0, driver.poll(SHORT));
        assertEquals(0, driver.poll(SHORT));
    }

    @Test
    public void a_time_that_is_over_does_not_hide_a_socket_that_is_ready() throws Exception {
        driver.wakeup();
        assertEquals(0, driver.poll(SHORT));
        for (long start = System.nanoTime(); System.nanoTime() - start < 2 * SHORT; ) {
            Thread.onSpinWait();
        }
        Pair pair = pair();
        pair.ours().attach(TOKEN, true);
        driver.wakeup();
        assertEquals(Readiness.WRITE, await(TOKEN, Readiness.WRITE));
    }

    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    public void a_wakeup_before_the_poll_ends_it() {
        driver.wakeup();
        assertEquals(0, driver.poll(FOREVER));
        driver.wakeup();
        driver.wakeup();
        assertEquals(0, driver.poll(FOREVER));
    }

    @Test
    public void a_wakeup_does_not_hide_a_socket_that_is_ready() throws Exception {
        Pair pair = pair();
        pair.ours().attach(TOKEN, true);
        driver.wakeup();
        assertEquals(Readiness.WRITE, await(TOKEN, Readiness.WRITE));
    }

    /** Each round trip is one wakeup from another thread while the worker waits, or is about to. */
    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    public void no_wakeup_of_another_thread_is_lost() throws Exception {
        int rounds = 20_000;
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger seen = new AtomicInteger();
        Thread other = new Thread(() -> {
            for (int round = 1; round <= rounds; round++) {
                asked.set(round);
                driver.wakeup();
                while (seen.get() < round) {
                    Thread.onSpinWait();
                }
            }
        });
        other.start();
        for (int round = 1; round <= rounds; round++) {
            while (asked.get() < round) {
                driver.poll(FOREVER);
            }
            seen.set(round);
        }
        other.join();
        assertEquals(rounds, seen.get());
    }

    @Test
    @Timeout(value = 60, threadMode = SEPARATE_THREAD)
    public void wakeups_of_many_threads_at_once_all_arrive() throws Exception {
        int threads = 4;
        int rounds = 5_000;
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            new Thread(() -> {
                        for (int round = 0; round < rounds; round++) {
                            asked.incrementAndGet();
                            driver.wakeup();
                        }
                        done.countDown();
                    })
                    .start();
        }
        while (asked.get() < threads * rounds) {
            driver.poll(FOREVER);
        }
        done.await();
        assertEquals(threads * rounds, asked.get());
    }

    /** What was the driver's own may be another's by then: not a byte must reach these. */
    @Test
    public void a_wakeup_of_a_closed_driver_touches_nobody() throws Exception {
        Driver closed = factory().open(setup(1));
        closed.close();
        Pair pair = pair();
        closed.wakeup();
        closed.close();
        pair.ours().attach(TOKEN, false);
        send(pair.theirs(), "x");
        assertEquals("x", read(pair.ours(), TOKEN, 1));
        assertEquals(1, pair.ours().write(buf("y")));
        assertEquals("y", receive(pair.theirs(), 1));
    }
}
