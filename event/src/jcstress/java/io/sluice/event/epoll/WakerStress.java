package io.sluice.event.epoll;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Somebody queues a task and wakes a worker that was woken before and is just noticing it. The queue is that of {@code WorkerTasks}, which
 * hands over without a fence.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the task is run in this turn")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the next wait will end at once")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it is run now, and the next wait ends for nothing")
@Outcome(expect = FORBIDDEN, desc = "the task waits, and the worker too")
@State
public class WakerStress {
    private final MpscUnboundedAtomicArrayQueue<String> tasks = new MpscUnboundedAtomicArrayQueue<>(2);
    private final PolledWaker polled = new PolledWaker();

    public WakerStress() {
        polled.waker.wake();
        polled.endsWait();
    }

    @Actor
    public void giver() {
        tasks.offer("task");
        polled.waker.wake();
    }

    /** As {@link EpollDriver#poll} and the end of the turn. */
    @Actor
    public void worker(II_Result r) {
        polled.waker.seen();
        r.r1 = tasks.poll() == null ? 0 : 1;
    }

    @Arbiter
    public void after(II_Result r) {
        r.r2 = polled.endsWait() ? 1 : 0;
        polled.close();
    }
}
