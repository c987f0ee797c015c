package io.sluice.upstream;

import org.jspecify.annotations.Nullable;

/**
 * The requests of all workers that wait for a peer of one upstream, first in, first out.
 *
 * <p>Who may ask for a peer: the first, and whoever has only picky ones before it, which have tried some of the peers
 * and may wait for another than the one that is free. Such a place is asked when it joins, when a peer comes free, and
 * when the one before it was served or gave up. A peer that comes free between a request's vain try and its joining is
 * seen by the try after joining: the peer's count was written before this queue's length is read, and the other way
 * round there.
 *
 * <p><b>Thread:</b> any.
 */
final class PeerQueue {
    private final int most;
    private final long timeoutMillis;
    private final Object lock = new Object();
    private @Nullable QueuePlace first;
    private @Nullable QueuePlace last;

    /** Written under the lock. */
    private volatile int length;

    /** @param most requests that may wait */
    PeerQueue(int most, long timeoutMillis) {
        this.most = most;
        this.timeoutMillis = timeoutMillis;
    }

    long timeoutMillis() {
        return timeoutMillis;
    }

    boolean isEmpty() {
        return length == 0;
    }

    int length() {
        return length;
    }

    /**
     * Takes the last place.
     *
     * @param picky whether the request has tried peers before
     * @return false if the queue is full
     */
    boolean join(QueuePlace place, boolean picky) {
        synchronized (lock) {
            int waiting = length;
            if (waiting >= most) {
                return false;
            }
            place.picky = picky;
            place.asked = false;
            place.in = true;
            place.next = null;
            QueuePlace before = last;
            place.previous = before;
            if (before == null) {
                first = place;
            } else {
                before.next = place;
            }
            last = place;
            length = waiting + 1;
            return true;
        }
    }

    /** Gives up a place, if it is held; who stands behind it may ask. */
    void leave(QueuePlace place) {
        QueuePlace wake;
        synchronized (lock) {
            if (!place.in) {
                return;
            }
            wake = mayAsk(place) ? place.next : null;
            remove(place);
            wake = wake != null && ask(wake) ? wake : null;
        }
        if (wake != null) {
            wake.wake();
        }
    }

    private void remove(QueuePlace place) {
        QueuePlace before = place.previous;
        QueuePlace behind = place.next;
        if (before == null) {
            first = behind;
        } else {
            before.next = behind;
        }
        if (behind == null) {
            last = before;
        } else {
            behind.previous = before;
        }
        place.previous = null;
        place.next = null;
        place.in = false;
        int left = length - 1;
        length = left;
    }

    /** Whether it is its turn to ask. */
    boolean isAtTurn(QueuePlace place) {
        synchronized (lock) {
            return place.in && mayAsk(place);
        }
    }

    /** A peer may have come free: the first may ask. */
    void peerFree() {
        QueuePlace wake;
        synchronized (lock) {
            wake = first != null && ask(first) ? first : null;
        }
        if (wake != null) {
            wake.wake();
        }
    }

    /** A place begins to ask, as it was told to. Answers whether it is still to do so. */
    boolean begins(QueuePlace place) {
        synchronized (lock) {
            boolean wanted = place.in && place.asked;
            place.asked = false;
            return wanted;
        }
    }

    /** A place has asked in vain: one that is picky lets the next try. */
    void stays(QueuePlace place) {
        QueuePlace wake = null;
        synchronized (lock) {
            QueuePlace behind = place.next;
            if (place.in && place.picky && behind != null && mayAsk(behind) && ask(behind)) {
                wake = behind;
            }
        }
        if (wake != null) {
            wake.wake();
        }
    }

    // ---- under the lock

    private boolean mayAsk(QueuePlace place) {
        for (QueuePlace before = place.previous; before != null; before = before.previous) {
            if (!before.picky) {
                return false;
            }
        }
        return true;
    }

    /** Answers whether it has to be woken, which it is not if it is on its way already. */
    private static boolean ask(QueuePlace place) {
        boolean wake = !place.asked;
        place.asked = true;
        return wake;
    }
}
