package io.sluice.stream.limit;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.core.variable.BytesSink;
import io.sluice.core.variable.Template;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The one session of a key ends while another begins: there is never more than one, and the place is not lost either. */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "the new session has the place")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "the new session was refused, the next gets the place")
@Outcome(expect = FORBIDDEN, desc = "two sessions, or a place that nobody can have")
@State
public class LimitZoneStress {
    private final LimitZone zone = new LimitZone("zone", Template.constant("key"), 4);
    private final BytesSink key = new BytesSink(4, 4);
    private final LimitZone.@Nullable Place held = zone.take(key, 1);

    @Actor
    public void ends() {
        held.giveBack();
    }

    @Actor
    public void begins(II_Result r) {
        r.r1 = zone.take(key, 1) == null ? 0 : 1;
    }

    @Arbiter
    public void after(II_Result r) {
        r.r2 = zone.take(key, 1) == null ? 0 : 1;
    }
}
