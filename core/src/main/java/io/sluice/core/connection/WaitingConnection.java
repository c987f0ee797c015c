package io.sluice.core.connection;

import io.sluice.core.log.LogOrigin;

/**
 * A connection as the loop knows it: what it waits for, which are readiness, timers and its next turn, and whether it may be closed
 * while it waits. A part of the {@link Connection}, not an object of its own, because ten thousand may be idle.
 */
abstract class WaitingConnection extends LoggedConnection {
    private final ConnectionPool owner;
    private final Slot slot;
    private final int generation;
    private boolean destroyed;
    private boolean resting;

    WaitingConnection(ConnectionPool owner, Slot slot, long number) {
        super(number, owner.engine().log());
        this.owner = owner;
        this.slot = slot;
        this.generation = slot.generation;
    }

    @Override
    public final LogOrigin origin() {
        return owner.engine().log().speaker().origin();
    }

    public final boolean isOpen() {
        return !destroyed && slot.generation == generation;
    }

    /**
     * The socket and the memory are gone, the slot is somebody else's. This object stays and says who it was; every other use of it
     * is refused with a {@link StaleConnectionException}.
     */
    public final boolean isDestroyed() {
        return !isOpen();
    }

    public final boolean readReady() {
        return slot().read.ready;
    }

    public final boolean writeReady() {
        return slot().write.ready;
    }

    /** A recv has answered {@link Io#END}. */
    public final boolean readEof() {
        return slot().read.eof;
    }

    /** The other side has ended its stream, though bytes may be left to read. False where the driver cannot tell. */
    public final boolean peerClosed() {
        Event read = slot().read;
        return read.eof || read.pendingEof;
    }

    /** The socket has failed, though nothing was read or written since. False where the driver cannot tell. */
    public final boolean peerFailed() {
        return slot().read.error;
    }

    /** Calls the consumer's timedOut after so many milliseconds, once, unless it is set again or cleared. */
    public final void readTimeout(long millis) {
        slot().read.timer().setMillis(millis);
    }

    public final void clearReadTimeout() {
        slot().read.timer().cancel();
    }

    /** As {@link #readTimeout}, for the other direction. */
    public final void writeTimeout(long millis) {
        slot().write.timer().setMillis(millis);
    }

    public final void clearWriteTimeout() {
        slot().write.timer().cancel();
    }

    /** Calls readable again in this turn, after what else is ready. */
    public final void postRead() {
        owner.engine().post(slot().read);
    }

    /** Calls readable in the next turn, so that others go first. */
    public final void postReadNext() {
        owner.engine().postNext(slot().read);
    }

    /** Calls writable again in this turn. */
    public final void postWrite() {
        owner.engine().post(slot().write);
    }

    /** Calls writable in the next turn. */
    public final void postWriteNext() {
        owner.engine().postNext(slot().write);
    }

    /** Whether its slot may be taken for another connection. Asking again makes it the youngest of those. */
    public final void reusable(boolean on) {
        owner.reusable().mark(slot(), on);
    }

    public final boolean isReusable() {
        return slot().reusable;
    }

    /** Whether a stopping server may ask it to close. */
    public final void idle(boolean on) {
        slot().idle = on;
    }

    public final boolean isIdle() {
        return slot().idle;
    }

    /**
     * Nothing of this client is under way: its slot may be taken, a stopping server may close it, and after so many milliseconds it is
     * timed out. The next bytes that are received end this.
     */
    public final void rest(long idleMillis) {
        reusable(true);
        idle(true);
        resting = true;
        // A server that stops has asked its idle connections before this one became one.
        readTimeout(owner.engine().stopping() ? 0 : idleMillis);
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
        return owner;
    }

    final void destroyed() {
        destroyed = true;
    }

    @Override
    final void requireOpen() {
        slot();
    }

    final Slot slot() {
        if (slot.generation != generation) {
            throw new StaleConnectionException(number());
        }
        return slot;
    }
}
