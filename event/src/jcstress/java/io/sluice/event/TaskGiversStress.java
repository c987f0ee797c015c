package io.sluice.event;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two workers give a third one task each. */
@JCStressTest
@Outcome(
        id = {"12", "21"},
        expect = ACCEPTABLE,
        desc = "both are run, in either order")
@Outcome(expect = FORBIDDEN, desc = "lost, or run twice")
@State
public class TaskGiversStress {
    private final WorkerTasks tasks = new WorkerTasks(Failures.NONE);

    private int ran;

    @Actor
    public void first() {
        tasks.offer(() -> ran = ran * 10 + 1);
    }

    @Actor
    public void second() {
        tasks.offer(() -> ran = ran * 10 + 2);
    }

    @Arbiter
    public void after(I_Result r) {
        tasks.run();
        r.r1 = ran;
    }
}
