package io.sluice.balance.roundrobin;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IJ_Result;

/** One worker reads the next choice while another closes the period: a choice counts if, and only if, it was given out. */
@JCStressTest
@Outcome(id = "0, -1000", expect = ACCEPTABLE, desc = "it was given out and counts")
@Outcome(id = "-1, 0", expect = ACCEPTABLE, desc = "the period was closed before")
@Outcome(expect = FORBIDDEN, desc = "given out and forgotten, or counted and not given out")
@State
public class PeriodStress {
    private final Period period = new Period(new int[] {0, 1}, new long[2]);

    @Actor
    public void get(IJ_Result r) {
        r.r1 = period.next();
    }

    @Actor
    public void close(IJ_Result r) {
        long[] current = new long[2];
        period.close(new int[] {1, 1}, 2, current);
        r.r2 = current[0];
    }
}
