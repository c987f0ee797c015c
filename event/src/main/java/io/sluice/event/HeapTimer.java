package io.sluice.event;

import io.sluice.core.time.Timer;
import io.sluice.core.time.TimerTask;

/** A timer of a worker's {@link Timers}. */
final class HeapTimer implements Timer {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Timers owner;
    final TimerTask task;
    private final boolean cancelable;

    /** When it fires, while {@link #set}. */
    long deadlineNanos;

    /** Its place in the heap's order: not later than the deadline; put right when it comes to the top. */
    long key;

    /**
     * The pass of expiring in which it was set, so that this pass does not call it; else 0. A short, as there are two timers for each
     * slot: should the number come round, it is called one turn later.
     */
    short setInPass;

    int index = -1;
    boolean set;

    HeapTimer(Timers owner, TimerTask task, boolean cancelable) {
        this.owner = owner;
        this.task = task;
        this.cancelable = cancelable;
    }

    @Override
    public void setMillis(long delayMillis) {
        owner.set(this, Math.min(delayMillis, Timers.MAX_DELAY_NANOS / NANOS_PER_MILLI) * NANOS_PER_MILLI);
    }

    @Override
    public void setNanos(long delayNanos) {
        owner.set(this, delayNanos);
    }

    @Override
    public void cancel() {
        if (set) {
            owner.cancel(this);
        }
    }

    @Override
    public boolean isSet() {
        return set;
    }

    @Override
    public boolean cancelable() {
        return cancelable;
    }
}
