package io.sluice.core.connection;

import io.sluice.core.log.LogLevel;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one worker. Taking one first drains reusable connections when few are free, exactly by nginx's rule ({@code
 * ngx_get_connection}, {@code ngx_drain_connections}); the free slots form a list through their {@code data}, used last in first out.
 *
 * <p><b>Thread:</b> the worker's. Known to the engine only.
 */
public final class ConnectionPool {
    private static final int DRAIN_AT_ONCE = 32;

    private final ConnectionEngine engine;
    private final Slot[] slots;
    private final ReusableConnections reusable = new ReusableConnections();
    private @Nullable Slot free;
    private int freeCount;
    private long lastWarnedSecond = Long.MIN_VALUE;
    private long drained;
    private boolean draining;

    /** @param capacity as {@code worker-connections} */
    public ConnectionPool(int capacity, ConnectionEngine engine) {
        this.engine = engine;
        slots = new Slot[capacity];
        for (int i = capacity - 1; i >= 0; i--) {
            Slot slot = new Slot(this, i);
            slot.data = free;
            free = slot;
            slots[i] = slot;
        }
        freeCount = capacity;
    }

    public int capacity() {
        return slots.length;
    }

    public int free() {
        return freeCount;
    }

    /** Connections closed so far because their slot was wanted. */
    public long drained() {
        return drained;
    }

    public ReusableConnections reusable() {
        return reusable;
    }

    public Slot slot(int index) {
        return slots[index];
    }

    /** The slot a token was made for, or null if it has another owner by now. */
    public @Nullable Slot find(long token) {
        Slot slot = slots[(int) token];
        return slot.used && slot.generation == (int) (token >>> 32) ? slot : null;
    }

    /**
     * Takes a slot, for a socket that the caller has opened. May close reusable connections before it returns, so handlers of other
     * connections may run inside.
     *
     * @return the slot, or null if none is free; that has been logged
     */
    public @Nullable Slot take() {
        Slot slot = tryTake();
        if (slot == null) {
            engine.log().log(LogLevel.ALERT, slots.length + " worker-connections are not enough");
        }
        return slot;
    }

    /** As {@link #take}, for who tells himself, and not each time, that none is free. */
    public @Nullable Slot tryTake() {
        drain();
        Slot slot = free;
        if (slot == null) {
            return null;
        }
        free = (Slot) slot.data;
        freeCount--;
        slot.data = null;
        slot.used = true;
        slot.write.ready = true;
        return slot;
    }

    /** Makes the handle of the connection in a taken slot that has its endpoint. */
    public Connection open(Slot slot, @Nullable Listening listening, @Nullable Address remote) {
        Connection connection = new Connection(
                this, slot, listening, remote, engine.connectionNumbers().incrementAndGet());
        slot.connection = connection;
        return connection;
    }

    /** Gives a slot without an open connection back: a listening socket's, or one whose connect failed at once. */
    public void giveBack(Slot slot) {
        if (!slot.used) {
            throw new IllegalStateException("slot " + slot.index() + " is free already");
        }
        slot.read.reset();
        slot.write.reset();
        engine.unpost(slot.read);
        engine.unpost(slot.write);
        reusable.mark(slot, false);
        slot.generation++;
        slot.used = false;
        slot.idle = false;
        slot.connecting = false;
        slot.connection = null;
        slot.endpoint = null;
        slot.claim = null;
        slot.data = free;
        free = slot;
        freeCount++;
    }

    /** Asks every idle connection to close, as a stopping server does. */
    public void closeIdle() {
        for (Slot slot : slots) {
            if (slot.used && slot.idle) {
                requestClose(slot, CloseReason.SHUTDOWN);
            }
        }
    }

    /** Asks every connection that came from a listening to close, idle or not. */
    public void closeClients(Listening of, CloseReason why) {
        for (Slot slot : slots) {
            Connection connection = slot.connection;
            if (slot.used && connection != null && connection.listening() == of) {
                requestClose(slot, why);
            }
        }
    }

    /** Closes every connection at once. Listening sockets stay. */
    public void closeAll(CloseReason why) {
        for (Slot slot : slots) {
            Connection connection = slot.connection;
            if (slot.used && connection != null) {
                connection.close(why);
            }
        }
    }

    /** Open connections, listening sockets not counted. */
    public int open() {
        int count = 0;
        for (Slot slot : slots) {
            if (slot.used && slot.connection != null) {
                count++;
            }
        }
        return count;
    }

    ConnectionEngine engine() {
        return engine;
    }

    private void drain() {
        if (freeCount > slots.length / 16 || reusable.size() == 0 || draining) {
            return;
        }
        warnOncePerSecond(slots.length + " worker-connections are not enough, reusing connections");
        int victims = Math.max(1, Math.min(DRAIN_AT_ONCE, reusable.size() / 8));
        Slot last = null;
        draining = true;
        try {
            for (int i = 0; i < victims; i++) {
                Slot oldest = reusable.oldest();
                if (oldest == null) {
                    break;
                }
                last = oldest;
                drained++;
                requestClose(oldest, CloseReason.DRAINED);
            }
            // The first call may only have moved it on, to a lingering close: then it is asked once more.
            if (freeCount == 0 && last != null && last.reusable) {
                requestClose(last, CloseReason.DRAINED);
            }
        } finally {
            draining = false;
        }
    }

    /**
     * Connections hold more memory than they may: reusable ones are asked to close, the oldest first, until it is enough. Called while
     * another takes memory, so handlers of others may run inside of that.
     */
    public void relieve() {
        if (draining || reusable.size() == 0) {
            return;
        }
        warnOncePerSecond("worker-memory is not enough, reusing connections");
        draining = true;
        try {
            for (int i = 0; i < DRAIN_AT_ONCE && engine.slabs().budget().isOver(); i++) {
                Slot oldest = reusable.oldest();
                if (oldest == null) {
                    return;
                }
                drained++;
                requestClose(oldest, CloseReason.DRAINED);
            }
        } finally {
            draining = false;
        }
    }

    private void warnOncePerSecond(String text) {
        long second = engine.time().epochMillis() / 1000;
        if (second != lastWarnedSecond) {
            lastWarnedSecond = second;
            engine.log().log(LogLevel.WARN, text);
        }
    }

    private void requestClose(Slot slot, CloseReason why) {
        Connection connection = slot.connection;
        Claim<?> claim = slot.claim;
        if (connection == null) {
            return;
        }
        if (claim == null) {
            connection.close(why);
            return;
        }
        try {
            closeRequested(claim, slot, connection, why);
        } catch (Throwable failure) {
            connection.failed("closeRequested", failure);
        }
    }

    @SuppressWarnings("unchecked")
    private static <S> void closeRequested(Claim<S> claim, Slot slot, Connection connection, CloseReason why) {
        claim.consumer().closeRequested((S) slot.session(), connection, why);
    }
}
