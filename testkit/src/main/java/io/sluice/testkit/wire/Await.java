package io.sluice.testkit.wire;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for a condition that nothing announces. Where something does announce it (a latch, a byte, a close), wait for
 * that instead.
 */
public final class Await {

    private static final long FIRST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;

    private Await() {}

    /** {@link #until(String, Duration, BooleanSupplier)} with {@link Deadline#USUAL}. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, Deadline.USUAL, condition);
    }

    /**
     * Returns as soon as the condition holds; asks at least once, also with a deadline of zero.
     *
     * @param what the condition in words, for the message: "waited PT5S for " + what
     * @throws AssertionError when the deadline passed or the thread was interrupted
     */
    public static void until(String what, Duration allowed, BooleanSupplier condition) {
        Deadline deadline = Deadline.in(allowed);
        long pauseNanos = FIRST_PAUSE_NANOS;
        while (!condition.getAsBoolean()) {
            if (Thread.currentThread().isInterrupted()) {
                throw new AssertionError("interrupted while waiting for " + what);
            }
            if (deadline.hasPassed()) {
                throw new AssertionError("waited " + deadline + " for " + what);
            }
            LockSupport.parkNanos(pauseNanos);
            pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        }
    }
}
