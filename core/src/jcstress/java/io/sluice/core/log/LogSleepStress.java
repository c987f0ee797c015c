package io.sluice.core.log;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A line is logged while the log's thread, which found nothing to do, goes to sleep. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "woken, or not asleep yet when the line came")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "it has seen the line and does not sleep")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "it sleeps and was woken")
@Outcome(expect = FORBIDDEN, desc = "it sleeps and nobody has woken it: the line waits for the next one")
@State
public class LogSleepStress {
    private final LogWriter writer = Lines.writer();
    private final LogFile file = writer.attach(new Lines());

    @Actor
    public void worker() {
        file.offer(Lines.BLOCK);
    }

    /** As {@link LogWriter#sleep}. */
    @Actor
    public void log(II_Result r) {
        r.r1 = writer.liesDown() ? 1 : 0;
    }

    @Arbiter
    public void after(II_Result r) {
        r.r2 = writer.isAsleep() ? 1 : 0;
    }
}
