package io.sluice.upstream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two workers want the last place of a peer: {@code max-conns} is exact. */
@JCStressTest
@Outcome(id = "1, 0, 2", expect = ACCEPTABLE, desc = "the first has it")
@Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "the second has it")
@Outcome(expect = FORBIDDEN, desc = "both have it, or nobody, or the count is wrong")
@State
public class PeerPlacesStress {
    private static final int MOST = 2;

    private final PeerState peer = new PeerState();

    public PeerPlacesStress() {
        peer.enter(MOST);
    }

    @Actor
    public void first(III_Result r) {
        r.r1 = peer.enter(MOST) ? 1 : 0;
    }

    @Actor
    public void second(III_Result r) {
        r.r2 = peer.enter(MOST) ? 1 : 0;
    }

    @Arbiter
    public void after(III_Result r) {
        r.r3 = peer.active();
    }
}
