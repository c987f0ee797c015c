package io.sluice.event;

import java.util.ArrayList;
import java.util.List;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;

/**
 * What a worker does besides its sockets: what other threads gave it, and what is done at the end of each turn.
 *
 * <p><b>Thread:</b> the worker's, but for {@link #offer}.
 */
final class WorkerTasks {
    private static final int CHUNK = 256;

    private final MpscUnboundedAtomicArrayQueue<Runnable> given = new MpscUnboundedAtomicArrayQueue<>(CHUNK);
    private final List<Runnable> turnEnds = new ArrayList<>();
    private final WorkerFailures failures;

    /** @param failures counts and tells what they throw */
    WorkerTasks(WorkerFailures failures) {
        this.failures = failures;
    }

    /** Any thread. */
    void offer(Runnable task) {
        given.offer(task);
    }

    boolean areWaiting() {
        return !given.isEmpty();
    }

    void atTurnEnd(Runnable task) {
        turnEnds.add(task);
    }

    void notAtTurnEnd(Runnable task) {
        turnEnds.remove(task);
    }

    /** Bounded by what is queued now, so that tasks which queue tasks do not starve the sockets. */
    void run() {
        for (int left = given.size(); left > 0; left--) {
            Runnable task = given.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (Throwable failure) {
                failures.tell("a task", failure);
            }
        }
    }

    void endTurn() {
        for (int i = 0; i < turnEnds.size(); i++) {
            try {
                turnEnds.get(i).run();
            } catch (Throwable failure) {
                failures.tell("the end of a turn", failure);
            }
        }
    }
}
