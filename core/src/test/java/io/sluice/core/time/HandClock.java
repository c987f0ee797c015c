package io.sluice.core.time;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is set. Any thread may read it. */
public final class HandClock implements Clock {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong millis = new AtomicLong();

    public static HandClock at(String instant) {
        HandClock clock = new HandClock();
        clock.set(instant);
        return clock;
    }

    public void set(String instant) {
        millis.set(Instant.parse(instant).toEpochMilli());
    }

    public void advanceMillis(long by) {
        millis.addAndGet(by);
        nanos.addAndGet(by * 1_000_000);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public long millis() {
        return millis.get();
    }
}
