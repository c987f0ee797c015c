package io.sluice.core.time;

/**
 * The one clock. Everything that asks for the time is given it, so that a whole server can run on a clock set by hand.
 *
 * <p>Each call is a fresh read. Code that runs on a worker asks its {@link CachedTime} instead, as nginx's handlers do.
 *
 * <p><b>Thread:</b> any.
 */
public interface Clock {
    /** Monotonic nanoseconds from an arbitrary start; compare two of them by subtraction only. */
    long nanos();

    /** Wall clock, milliseconds since 1970-01-01T00:00:00Z; may jump in both directions. */
    long millis();
}
