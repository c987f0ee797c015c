package io.sluice.testkit.wire;

import java.time.Duration;
import java.util.Optional;

/**
 * A point in real time until which something may take. Tests wait for sockets and threads of the real machine, so this
 * is real time and not the injected clock of the server under test.
 *
 * <p><b>Thread:</b> immutable.
 */
public final class Deadline {

    /** Long enough for a loaded machine; a passing test never waits for it. */
    public static final Duration USUAL = Duration.ofSeconds(10);

    private static final Deadline NEVER = new Deadline(Optional.empty(), 0);

    private final Optional<Duration> allowed;
    private final long endNanos;

    private Deadline(Optional<Duration> allowed, long endNanos) {
        this.allowed = allowed;
        this.endNanos = endNanos;
    }

    /** Begins to count now. */
    public static Deadline in(Duration allowed) {
        return new Deadline(Optional.of(allowed), System.nanoTime() + allowed.toNanos());
    }

    /** For a wait that somebody else ends, by an interrupt. */
    public static Deadline never() {
        return NEVER;
    }

    public boolean hasPassed() {
        return allowed.isPresent() && endNanos - System.nanoTime() <= 0;
    }

    /**
     * What is left as an argument for {@code Selector.select}: at least 1, because 0 means forever there, and 0 for a
     * deadline that never comes.
     */
    long selectMillis() {
        if (allowed.isEmpty()) {
            return 0;
        }
        long leftNanos = endNanos - System.nanoTime();
        return Math.max(1, (leftNanos + 999_999) / 1_000_000);
    }

    @Override
    public String toString() {
        return allowed.map(Duration::toString).orElse("no deadline");
    }
}
