package io.sluice.stream;

import io.sluice.core.buffer.MemoryBudget;

/**
 * What one session may take of the worker's memory. It holds a reservation only while it holds buffers, and waits for one only while it
 * holds none: who is idle costs nothing, and nobody waits for somebody who waits.
 *
 * <p><b>Thread:</b> the worker's.
 */
public final class SessionMemory implements MemoryBudget.Waiter {
    private final MemoryBudget budget;
    private final StreamSession session;
    private int held;
    private int wanted;

    SessionMemory(MemoryBudget budget, StreamSession session) {
        this.budget = budget;
        this.session = session;
    }

    /**
     * Reserves so many bytes in all.
     *
     * @return whether the buffers may be taken; if not, the session's listener hears {@link SessionListener#memoryFreed} once
     */
    public boolean reserve(int bytes) {
        if (held >= bytes) {
            return true;
        }
        if (held > 0) {
            budget.reserveMore(bytes - held);
        } else if (wanted > 0) {
            return false;
        } else if (!budget.tryReserve(bytes)) {
            wanted = bytes;
            budget.await(this);
            return false;
        }
        held = bytes;
        return true;
    }

    /** Makes a reservation larger, in all, if that costs nobody anything. Only for who holds one. */
    public boolean grow(int bytes) {
        if (held < bytes && (held == 0 || !budget.tryReserve(bytes - held))) {
            return false;
        }
        held = Math.max(held, bytes);
        return true;
    }

    /** All buffers were given back. */
    public void release() {
        int bytes = held;
        if (bytes > 0) {
            held = 0;
            budget.release(bytes);
        }
    }

    void close() {
        if (wanted > 0) {
            wanted = 0;
            budget.forget(this);
        }
        release();
    }

    @Override
    public void memoryFreed() {
        wanted = 0;
        session.memoryFreed();
    }

    @Override
    public int wantedBytes() {
        return wanted;
    }
}
