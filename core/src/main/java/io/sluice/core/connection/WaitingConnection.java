package io.sluice.core.connection;

import io.sluice.core.log.LogOrigin;

/**
 * A connection as the loop knows it: what it waits for, which are readiness, timers and its next turn, and whether it may be closed
 * while it waits. A part of the {@link Connection}, not an object of its own, because ten thousand may be idle.
 */
abstract class WaitingConnection extends LoggedConnection {
    private final Slot slot;
    private boolean resting;

    WaitingConnection(ConnectionPool owner, Slot slot, long number) {
        super(number, owner.engine().log());
        this.slot = slot;
    }

    @Override
    public LogOrigin origin() {
        return slot.pool().engine().log().speaker().origin();
    }

    public boolean isOpen() {
        return slot.connection == this;
    }

    /**
     * The socket and the memory are gone, the slot is somebody else's. This object stays and says who it was; every other use of it
     * is refused with a {@link StaleConnectionException}.
     */
    public boolean isDestroyed() {
        return !isOpen();
    }

    public boolean readReady() {
        return slot().read.ready;
    }

    public boolean writeReady() {
        return slot().write.ready;
    }

    /** A recv has answered {@link Io#END}. */
    public boolean readEof() {
        return slot().read.eof;
    }

    /** The other side has ended its stream, though bytes may be left to read. False where the driver cannot tell. */
    public boolean peerClosed() {
        Event read = slot().read;
        return read.eof || read.pendingEof;
    }

    /** The socket has failed, though nothing was read or written since. False where the driver cannot tell. */
    public boolean peerFailed() {
        return slot().read.error;
    }

    /** Calls the consumer's timedOut after so many milliseconds, once, unless it is set again or cleared. */
    public void readTimeout(long millis) {
        slot().read.timeout(millis);
    }

    public void clearReadTimeout() {
        slot().read.clearTimeout();
    }

    /** As {@link #readTimeout}, for the other direction. */
    public void writeTimeout(long millis) {
        slot().write.timeout(millis);
    }

    public void clearWriteTimeout() {
        slot().write.clearTimeout();
    }

    /** Calls readable again in this turn, after what else is ready. */
    public void postRead() {
        slot.pool().engine().post(slot().read);
    }

    /** Calls readable in the next turn, so that others go first. */
    public void postReadNext() {
        slot.pool().engine().postNext(slot().read);
    }

    /** Calls writable again in this turn. */
    public void postWrite() {
        slot.pool().engine().post(slot().write);
    }

    /** Calls writable in the next turn. */
    public void postWriteNext() {
        slot.pool().engine().postNext(slot().write);
    }

    /** Whether its slot may be taken for another connection. Asking again makes it the youngest of those. */
    public void reusable(boolean on) {
        slot.pool().reusable().mark(slot(), on);
    }

    public boolean isReusable() {
        return slot().reusable;
    }

    /** Whether a stopping server may ask it to close. */
    public void idle(boolean on) {
        slot().idle = on;
    }

    public boolean isIdle() {
        return slot().idle;
    }

    /**
     * Nothing of this client is under way: its slot may be taken, a stopping server may close it, and after so many milliseconds it is
     * timed out. The next bytes that are received end this.
     */
    public void rest(long idleMillis) {
        reusable(true);
        idle(true);
        resting = true;
        // A server that stops has asked its idle connections before this one became one.
        readTimeout(slot.pool().engine().stopping() ? 0 : idleMillis);
    }

    final void stopResting() {
        resting = false;
    }

    final void wake() {
        if (resting) {
            resting = false;
            reusable(false);
            idle(false);
            clearReadTimeout();
        }
    }

    final ConnectionPool owner() {
        return slot.pool();
    }

    @Override
    final void requireOpen() {
        slot();
    }

    final Endpoint endpoint() {
        Endpoint endpoint = slot().endpoint;
        if (endpoint == null) {
            throw new StaleConnectionException(number());
        }
        return endpoint;
    }

    final Slot slot() {
        if (slot.connection != this) {
            throw new StaleConnectionException(number());
        }
        return slot;
    }
}
