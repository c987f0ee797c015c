package io.sluice.event.spi;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A listening socket by which others send: it is open until the server has closed it and the last of them is gone, so that nobody can take
 * its number before.
 *
 * <p><b>Thread:</b> the one that starts and stops the server; {@link #hold} and {@link #release} any.
 */
public abstract class HeldSocket implements ListenSocket {
    private final AtomicInteger holders = new AtomicInteger(1);
    private final AtomicBoolean closed = new AtomicBoolean();

    protected HeldSocket() {}

    /** Keeps it open, for one who has it open already. */
    public final void hold() {
        holders.incrementAndGet();
    }

    /** Takes a {@link #hold} back. */
    public final void release() {
        if (holders.decrementAndGet() == 0) {
            free();
        }
    }

    /** Gives the socket back to the system. Called once. */
    protected abstract void free();

    /** The server wants it no more. Called once, before it lets go. */
    protected void leave() {}

    @Override
    public final void close() {
        if (closed.compareAndSet(false, true)) {
            leave();
            release();
        }
    }
}
