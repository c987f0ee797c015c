package io.sluice.core.time;

/**
 * The clock of the machine: the only place that reads it.
 *
 * <p><b>Thread:</b> any.
 */
public final class SystemClock implements Clock {
    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }
}
