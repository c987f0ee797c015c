package io.sluice.upstream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A peer has rested after its failures, and two workers would try it: it is given to one request per {@code fail-timeout}. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the first tries it")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the second tries it")
@Outcome(expect = FORBIDDEN, desc = "both try it, or nobody, or who was refused still counts")
@State
public class PeerProbeStress {
    private final OnePeer one = new OnePeer(0);

    @Actor
    public void first(III_Result r) {
        r.r1 = one.group.take(0, OnePeer.RESTED) ? 1 : 0;
    }

    @Actor
    public void second(III_Result r) {
        r.r2 = one.group.take(0, OnePeer.RESTED) ? 1 : 0;
    }

    @Arbiter
    public void after(III_Result r) {
        r.r3 = one.group.active(0);
    }
}
