package io.sluice.testkit.time;

import io.sluice.core.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until a test moves it. <b>Thread:</b> any. */
public final class HandClock implements Clock {
    /** Where it begins: 2026-11-21 07:34:00 UTC. */
    public static final long START_MILLIS = 1_795_246_440_000L;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final AtomicLong elapsedNanos = new AtomicLong();

    @Override
    public long nanos() {
        return elapsedNanos.get();
    }

    @Override
    public long millis() {
        return START_MILLIS + elapsedNanos.get() / NANOS_PER_MILLI;
    }

    /** Moves both clocks on. Who waits for a timer has to be woken: see TestServer.advance. */
    public void advance(Duration by) {
        elapsedNanos.addAndGet(by.toNanos());
    }
}
