package io.sluice.core.connection;

import io.sluice.core.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a slot, as ngx_event_t: permanent, made with the slot, used by one connection after the other. Only the engine
 * sees it; a plugin asks its {@link Connection}.
 */
public final class Event {
    private final Slot slot;
    private final Direction direction;
    private @Nullable Timer timer;
    boolean ready;
    boolean eof;
    boolean error;
    boolean timedOut;
    boolean pendingEof;
    private boolean posted;

    Event(Slot slot, Direction direction) {
        this.slot = slot;
        this.direction = direction;
    }

    void timer(Timer made) {
        timer = made;
    }

    public Slot slot() {
        return slot;
    }

    public Direction direction() {
        return direction;
    }

    /** I/O may be tried. */
    public boolean ready() {
        return ready;
    }

    public void ready(boolean on) {
        ready = on;
    }

    /** The system has told that the other side ended its stream, though bytes may still be unread. */
    public void pendingEof(boolean on) {
        pendingEof = on;
    }

    /** The system has told that the socket failed; the next operation says how. */
    public void failed(boolean on) {
        error = on;
    }

    /** Whether it is in a queue of posted events; kept by that queue. */
    public boolean posted() {
        return posted;
    }

    public void posted(boolean on) {
        posted = on;
    }

    Timer timer() {
        Timer made = timer;
        if (made == null) {
            throw new IllegalStateException("the slot has no timers yet");
        }
        return made;
    }

    /** Back to what a new owner expects. */
    void reset() {
        timer().cancel();
        ready = false;
        eof = false;
        error = false;
        timedOut = false;
        pendingEof = false;
    }
}
