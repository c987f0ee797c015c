package io.sluice.upstream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The time of a peer's rest ends between the turns of two workers. The one for which it still rests gives nothing back that would wake
 * who waits, so it must not be in the way of the other, which tries again when it has joined the queue.
 */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "who may try it has it")
@Outcome(expect = FORBIDDEN, desc = "who may try it waits for nothing")
@State
public class RefusedProbeStress {
    private final OnePeer one = new OnePeer(1);

    @Actor
    public void early(II_Result r) {
        r.r1 = one.group.take(0, OnePeer.RESTING) ? 1 : 0;
    }

    @Actor
    public void late(II_Result r) {
        boolean got = one.group.take(0, OnePeer.RESTED);
        if (!got) {
            got = one.group.take(0, OnePeer.RESTED);
        }
        r.r2 = got ? 1 : 0;
    }
}
