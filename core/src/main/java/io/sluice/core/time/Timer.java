package io.sluice.core.time;

/**
 * One task and when to call it. Made once and set as often as needed: neither setting nor cancelling allocates.
 *
 * <p>Monotonic time, counted from the worker's {@link CachedTime}, so that all handlers of one turn of the loop agree on
 * now. It fires in the first turn that begins at or after the moment, never before it; timers due in one turn fire in
 * the order of their moments.
 *
 * <p><b>Thread:</b> the worker's.
 */
public interface Timer {
    /** Sets it, or moves it if it was set. Zero or less: in the next turn. */
    void setMillis(long delayMillis);

    /** Sets it, or moves it if it was set. Zero or less: in the next turn. */
    void setNanos(long delayNanos);

    /** Nothing happens if it is not set, so it may be called on every way out. */
    void cancel();

    boolean isSet();

    /** Whether a stopping server may end while it is set: true for housekeeping, false where somebody waits. */
    boolean cancelable();
}
