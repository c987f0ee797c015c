package io.sluice.event;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One worker gives another two tasks, as it hands connections over, while that one runs what it has: each is run once, in their order, and
 * sees what its giver wrote before.
 */
@JCStressTest
@Outcome(id = "0, 12", expect = ACCEPTABLE, desc = "both run later")
@Outcome(id = "1, 12", expect = ACCEPTABLE, desc = "the first runs now")
@Outcome(id = "12, 12", expect = ACCEPTABLE, desc = "both run now")
@Outcome(expect = FORBIDDEN, desc = "lost, run twice, out of order, or without what was written before")
@State
public class TaskOrderStress {
    private final WorkerTasks tasks = new WorkerTasks(Failures.NONE);

    private int first;
    private int second;
    private int ran;

    @Actor
    public void giver() {
        first = 1;
        tasks.offer(() -> ran = ran * 10 + first);
        second = 2;
        tasks.offer(() -> ran = ran * 10 + second);
    }

    @Actor
    public void worker(II_Result r) {
        tasks.run();
        r.r1 = ran;
    }

    @Arbiter
    public void after(II_Result r) {
        tasks.run();
        r.r2 = ran;
    }
}
