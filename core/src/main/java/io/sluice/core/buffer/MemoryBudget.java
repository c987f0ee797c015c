package io.sluice.core.buffer;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of buffers the connections of one worker may hold together. What an exchange needs to stream is reserved
 * in one piece when it starts; who does not get it waits here while holding nothing, so that nobody waits for somebody who waits.
 *
 * <p><b>Thread:</b> the worker's. <b>Invariant:</b> {@code 0 <= reserved}; waiters are served in the order in which they came.
 */
public final class MemoryBudget {
    /** Somebody without any memory who wants to start. Called once, on the worker's thread. */
    public interface Waiter {
        /** Memory came free: try to reserve again, and wait again if another was faster. */
        void memoryFreed();

        /** The bytes it waits for. */
        int wantedBytes();
    }

    /** Gives memory back that somebody holds for comfort only: reusable connections are asked to close. */
    public interface Relief {
        void memoryScarce();
    }

    private final long limitBytes;
    private @Nullable Relief relief;
    private boolean relieving;
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private long reservedBytes;
    private boolean serving;

    public MemoryBudget(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /** @return whether the bytes are now the caller's to use; it gives them back with {@link #release} */
    public boolean tryReserve(int bytes) {
        if (!serving && !waiters.isEmpty()) {
            return false;
        }
        if (reservedBytes + bytes > limitBytes) {
            return false;
        }
        reservedBytes += bytes;
        return true;
    }

    /** For more of what was begun with a reservation: over the limit if need be, then those who begin wait the longer. */
    public void reserveMore(int bytes) {
        count(bytes);
    }

    /** Who is asked when more is counted than there may be. */
    public void relief(Relief asked) {
        relief = asked;
    }

    /**
     * Bytes that a connection has taken for its whole life, without a reservation. It gets them: it may hold some already, and who holds
     * must not wait. Above the limit the relief is asked, nobody can reserve, and {@link #isOver} keeps new connections waiting.
     */
    void count(int bytes) {
        reservedBytes += bytes;
        Relief asked = relief;
        if (reservedBytes > limitBytes && asked != null && !relieving) {
            relieving = true;
            try {
                asked.memoryScarce();
            } finally {
                relieving = false;
            }
        }
    }

    void uncount(long bytes) {
        reservedBytes -= bytes;
        if (!waiters.isEmpty()) {
            serve();
        }
    }

    /** Whether connections hold more together than they may: who holds nothing yet must wait. */
    public boolean isOver() {
        return reservedBytes > limitBytes;
    }

    /** Gives reserved bytes back and wakes those that wait, first come first served. */
    public void release(int bytes) {
        uncount(bytes);
    }

    /**
     * Puts somebody at the end of the queue.
     *
     * @throws IllegalArgumentException if it wants more than there is at all
     */
    public void await(Waiter waiter) {
        if (waiter.wantedBytes() > limitBytes) {
            throw new IllegalArgumentException(waiter.wantedBytes() + " bytes can never be had of " + limitBytes);
        }
        waiters.addLast(waiter);
    }

    /** Takes somebody out of the queue, for a connection that closes while it waits. */
    public void forget(Waiter waiter) {
        waiters.remove(waiter);
        // It may have been the one that wanted much and held up those who want little.
        serve();
    }

    public long limitBytes() {
        return limitBytes;
    }

    public long reservedBytes() {
        return reservedBytes;
    }

    public int waiting() {
        return waiters.size();
    }

    private void serve() {
        if (serving) {
            return;
        }
        serving = true;
        try {
            for (Waiter first = waiters.peekFirst();
                    first != null && reservedBytes + first.wantedBytes() <= limitBytes;
                    first = waiters.peekFirst()) {
                waiters.removeFirst();
                first.memoryFreed();
            }
        } finally {
            serving = false;
        }
    }
}
