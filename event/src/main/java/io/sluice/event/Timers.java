package io.sluice.event;

import io.sluice.core.time.CachedTime;
import io.sluice.core.time.Timer;
import io.sluice.core.time.TimerService;
import io.sluice.core.time.TimerTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The timers of one worker: a heap of four children a node, whose entries may be out of date. Moving a timer to a later moment and
 * cancelling it only write two fields; the heap finds out when the old moment comes to the top. A keepalive connection sets and
 * cancels timers at each request, and nearly none of them ever fires.
 *
 * <p><b>Thread:</b> the worker's. <b>Invariant:</b> every set timer is in the heap with {@code key <= deadline}.
 */
final class Timers implements TimerService {
    static final long MAX_DELAY_NANOS = Long.MAX_VALUE / 4;

    private final CachedTime time;
    private HeapTimer[] heap = new HeapTimer[64];
    private int size;
    private int keepingAlive;
    private boolean expiring;
    private short pass;
    private final List<HeapTimer> putOff = new ArrayList<>();

    Timers(CachedTime time) {
        this.time = time;
    }

    @Override
    public Timer create(TimerTask task, boolean cancelable) {
        return new HeapTimer(this, task, cancelable);
    }

    /** How long the loop may wait: 0 if one is due, negative if there is none. */
    long nanosToNext() {
        if (!tidyTop()) {
            return -1;
        }
        return Math.max(0, heap[0].key - time.nanos());
    }

    /** Calls what is due, earliest first. What a task sets is not due before the next turn, so that no task can hold this one. */
    void expire(TimerGuard guard) {
        // 0 is for those that are set between two passes.
        pass = (short) Math.max(1, pass + 1 & Short.MAX_VALUE);
        expiring = true;
        try {
            while (tidyTop() && heap[0].key - time.nanos() <= 0) {
                HeapTimer first = heap[0];
                removeTop();
                if (first.setInPass == pass) {
                    putOff.add(first);
                } else {
                    unset(first);
                    guard.expired(first.task);
                }
            }
        } finally {
            expiring = false;
            for (int i = 0; i < putOff.size(); i++) {
                HeapTimer timer = putOff.get(i);
                if (timer.set && timer.index < 0) {
                    insert(timer, timer.deadlineNanos);
                }
            }
            putOff.clear();
        }
    }

    /** Timers that somebody waits for; those that are cancelable do not count. */
    int keepingAlive() {
        return keepingAlive;
    }

    void set(HeapTimer timer, long delayNanos) {
        long deadline = time.nanos() + Math.min(Math.max(delayNanos, 0), MAX_DELAY_NANOS);
        timer.setInPass = expiring ? pass : 0;
        if (!timer.set) {
            timer.set = true;
            if (!timer.cancelable()) {
                keepingAlive++;
            }
        }
        timer.deadlineNanos = deadline;
        if (timer.index < 0) {
            insert(timer, deadline);
        } else if (deadline - timer.key < 0) {
            timer.key = deadline;
            siftUp(timer, timer.index);
        }
    }

    void cancel(HeapTimer timer) {
        unset(timer);
    }

    private void unset(HeapTimer timer) {
        timer.set = false;
        if (!timer.cancelable()) {
            keepingAlive--;
        }
    }

    /** Until the top is a timer that is set, with its true moment. Answers whether there is one. */
    private boolean tidyTop() {
        while (size > 0) {
            HeapTimer top = heap[0];
            if (!top.set) {
                removeTop();
            } else if (top.deadlineNanos - top.key > 0) {
                top.key = top.deadlineNanos;
                siftDown(top, 0);
            } else {
                return true;
            }
        }
        return false;
    }

    private void insert(HeapTimer timer, long key) {
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, size * 2);
        }
        timer.key = key;
        siftUp(timer, size++);
    }

    private void removeTop() {
        heap[0].index = -1;
        HeapTimer last = heap[--size];
        if (size > 0) {
            siftDown(last, 0);
        }
        clearUnused();
    }

    @SuppressWarnings("NullAway") // what lies behind the end of the heap is nobody's
    private void clearUnused() {
        heap[size] = null;
    }

    private void siftUp(HeapTimer timer, int from) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >>> 2;
            HeapTimer above = heap[parent];
            if (timer.key - above.key >= 0) {
                break;
            }
            heap[at] = above;
            above.index = at;
            at = parent;
        }
        heap[at] = timer;
        timer.index = at;
    }

    private void siftDown(HeapTimer timer, int from) {
        int at = from;
        while (true) {
            int child = (at << 2) + 1;
            if (child >= size) {
                break;
            }
            int best = child;
            int end = Math.min(child + 4, size);
            for (int i = child + 1; i < end; i++) {
                if (heap[i].key - heap[best].key < 0) {
                    best = i;
                }
            }
            HeapTimer below = heap[best];
            if (below.key - timer.key >= 0) {
                break;
            }
            heap[at] = below;
            below.index = at;
            at = best;
        }
        heap[at] = timer;
        timer.index = at;
    }
}
