package io.sluice.upstream;

import io.sluice.core.plugin.WorkerContext;
import io.sluice.core.time.Timer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The place of one client connection's request in a {@link PeerQueue}. Made when a request of it waits for the first
 * time, used again for its later ones.
 *
 * <p><b>Thread:</b> the worker's of the request, but for {@link #wake}.
 */
final class QueuePlace implements Runnable {
    /** What the request does. */
    interface Waiting {
        /** A peer may be had. */
        void ask();

        /** It has waited for long enough. The place is given up. */
        void timedOut();
    }

    // ---- of the queue, under its lock

    @Nullable
    QueuePlace previous;

    @Nullable
    QueuePlace next;

    boolean in;

    /** Whether the request has tried some peers and so cannot do with each that comes free. */
    boolean picky;

    /** Whether it was told to ask and has not begun to. */
    boolean asked;

    // ---- of the worker

    private final WorkerContext worker;
    private final Waiting waiting;
    private final Timer timer;

    /** Whether the worker has a task for this place. It may have been made for a request that is over. */
    private final AtomicBoolean posted = new AtomicBoolean();

    private @Nullable PeerQueue queue;

    QueuePlace(WorkerContext worker, Waiting waiting) {
        this.worker = worker;
        this.waiting = waiting;
        this.timer = worker.timers().create(this::timedOut, false);
    }

    /** Answers whether there was room. */
    boolean join(PeerQueue to, boolean picky) {
        if (!to.join(this, picky)) {
            return false;
        }
        queue = to;
        timer.setMillis(to.timeoutMillis());
        return true;
    }

    /** Nothing happens if it is in no queue. */
    void leave() {
        PeerQueue from = queue;
        if (from != null) {
            queue = null;
            timer.cancel();
            from.leave(this);
        }
    }

    boolean isIn() {
        return queue != null;
    }

    boolean isAtTurn() {
        PeerQueue of = queue;
        return of != null && of.isAtTurn(this);
    }

    /** It has asked in vain. */
    void stay() {
        PeerQueue of = queue;
        if (of != null) {
            of.stays(this);
        }
    }

    /** From any thread: it is to ask, on its own. */
    void wake() {
        if (posted.compareAndSet(false, true)) {
            worker.execute(this);
        }
    }

    @Override
    public void run() {
        // Before the queue is asked: who wakes it from now on posts it anew.
        posted.set(false);
        PeerQueue of = queue;
        if (of != null && of.begins(this)) {
            waiting.ask();
        }
    }

    private void timedOut() {
        leave();
        waiting.timedOut();
    }
}
