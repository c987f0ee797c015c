package io.sluice.core.time;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.ZoneOffset;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.CC_Result;

/** Two threads that are no workers ask for the text of the time when a second has begun. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each has the text of that second")
@Outcome(expect = FORBIDDEN, desc = "the text of another second")
@State
public class SharedTimeStress implements Clock {
    private final SharedTime time = new SharedTime(this, ZoneOffset.UTC);

    private long millis;

    public SharedTimeStress() {
        time.errorLogTime();
        millis = 1_000;
    }

    @Override
    public long nanos() {
        return 0;
    }

    @Override
    public long millis() {
        return millis;
    }

    @Actor
    public void first(CC_Result r) {
        r.r1 = digit();
    }

    @Actor
    public void second(CC_Result r) {
        r.r2 = digit();
    }

    /** The last digit of the time of day. */
    private char digit() {
        byte[] text = time.errorLogTime();
        return (char) text[text.length - 1];
    }
}
