package io.sluice.core.connection;

import io.sluice.core.time.Timer;
import io.sluice.core.time.TimerTask;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a slot, as ngx_event_t: permanent, made with the slot, used by one connection after the other. Only the engine
 * sees it; a plugin asks its {@link Connection}.
 */
public final class Event implements TimerTask {
    private final Slot slot;
    private @Nullable Timer timer;
    private final boolean writes;
    boolean ready;
    boolean eof;
    boolean error;
    boolean timedOut;
    boolean pendingEof;
    private boolean posted;
    private boolean putOff;

    Event(Slot slot, Direction direction) {
        this.slot = slot;
        this.writes = direction == Direction.WRITE;
    }

    public Slot slot() {
        return slot;
    }

    public Direction direction() {
        return writes ? Direction.WRITE : Direction.READ;
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

    /** Whether it is posted for the next turn, not for this one; kept by that queue. */
    public boolean putOff() {
        return putOff;
    }

    public void putOff(boolean on) {
        putOff = on;
    }

    /** Calls the consumer after so many milliseconds. The timer is made when it is first set: most never wait to write. */
    void timeout(long millis) {
        Timer made = timer;
        if (made == null) {
            made = slot.pool().engine().timers().create(this, false);
            timer = made;
        }
        made.setMillis(millis);
    }

    void clearTimeout() {
        Timer made = timer;
        if (made != null) {
            made.cancel();
        }
    }

    /** Whether somebody is to hear when the time is over. */
    public boolean timerSet() {
        Timer made = timer;
        return made != null && made.isSet();
    }

    @Override
    public void expired() {
        Connection connection = slot.connection;
        if (connection != null) {
            timedOut = true;
            connection.timedOut(direction());
        }
    }

    /** Back to what a new owner expects. */
    void reset() {
        clearTimeout();
        ready = false;
        eof = false;
        error = false;
        timedOut = false;
        pendingEof = false;
    }
}
