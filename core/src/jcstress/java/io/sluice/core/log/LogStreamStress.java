package io.sluice.core.log;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two threads print an event each to the standard error, of which the log makes lines. */
@JCStressTest
@Outcome(id = "2", expect = ACCEPTABLE, desc = "both are logged")
@Outcome(expect = FORBIDDEN, desc = "lost, or logged twice")
@State
public class LogStreamStress {
    private final LogWriter writer = Lines.writer();
    private final Lines lines = new Lines();
    private final LogStream stream = new LogStream(Lines.said(writer.attach(lines)), LogLevel.INFO);

    @Actor
    public void first() {
        stream.println("[WARN] first");
    }

    @Actor
    public void second() {
        stream.println("[WARN] second");
    }

    @Arbiter
    public void after(I_Result r) {
        stream.flush();
        writer.turn();
        r.r1 = lines.letters().length();
    }
}
