package io.sluice.core.connection;

import org.jspecify.annotations.Nullable;

/**
 * A preallocated place for one connection or listening socket: ngx_connection_t as memory. Made when the worker starts and
 * recycled for ever; plugins hold a {@link Connection} instead.
 *
 * <p><b>Invariant:</b> while free, {@code data} is the next free slot; while used, it belongs to the claim, or to a listening socket.
 */
public final class Slot {
    private final ConnectionPool pool;
    private final int index;
    final Event read;
    final Event write;

    /** Raised when the slot is given back: a readiness result or a handle of the former owner is recognised by it. */
    int generation;

    @Nullable
    Object data;

    @Nullable
    Claim<?> claim;

    @Nullable
    Connection connection;

    @Nullable
    Endpoint endpoint;

    @Nullable
    Slot newer;

    @Nullable
    Slot older;

    boolean reusable;
    boolean idle;
    boolean used;
    boolean connecting;

    Slot(ConnectionPool pool, int index) {
        this.pool = pool;
        this.index = index;
        this.read = new Event(this, Direction.READ);
        this.write = new Event(this, Direction.WRITE);
    }

    ConnectionPool pool() {
        return pool;
    }

    public int index() {
        return index;
    }

    public Event read() {
        return read;
    }

    public Event write() {
        return write;
    }

    public int generation() {
        return generation;
    }

    /** What is given to the driver with this slot's socket, so that a late result is recognised. */
    public long token() {
        return (long) generation << 32 | index;
    }

    /** What the claim keeps here. */
    Object session() {
        Object session = data;
        if (session == null) {
            throw new IllegalStateException("slot " + index + " is claimed and holds no session");
        }
        return session;
    }

    /** The handle of the connection in this slot, or null for a listening socket and a free slot. */
    public @Nullable Connection connection() {
        return connection;
    }

    public @Nullable Endpoint endpoint() {
        return endpoint;
    }

    /** Gives the slot its socket. */
    public void endpoint(Endpoint opened) {
        endpoint = opened;
    }

    /** Of a listening socket: what to do with a readiness report. Null for a connection. */
    public @Nullable Runnable listener() {
        return connection == null && data instanceof Runnable listener ? listener : null;
    }

    /** Makes this the slot of a listening socket. */
    public void listener(Runnable whenReadable) {
        data = whenReadable;
    }

    /** Whether a connect is under way. */
    public boolean connecting() {
        return connecting;
    }

    public void connecting(boolean on) {
        connecting = on;
    }

    public boolean idle() {
        return idle;
    }

    public boolean used() {
        return used;
    }
}
