package io.sluice.event;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** Who watches a worker reads its counters while a turn of it ends. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "before the turn")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "after it")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the turn ended between the two questions")
@Outcome(expect = FORBIDDEN, desc = "the turn is counted, and what happened in it is not there yet")
@State
public class WorkerStatusStress {
    private final WorkerStatus status = new WorkerStatus();

    @Actor
    public void worker() {
        status.countFailure();
        status.publish();
    }

    @Actor
    public void watcher(JJ_Result r) {
        r.r1 = status.turns();
        r.r2 = status.failures();
    }
}
