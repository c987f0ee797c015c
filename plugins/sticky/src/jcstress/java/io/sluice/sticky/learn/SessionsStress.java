package io.sluice.sticky.learn;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two workers learn of a session where one has a place: one is remembered, whichever, and found with its own server. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the first is remembered")
@Outcome(id = "0, 2, 1", expect = ACCEPTABLE, desc = "the second is remembered")
@Outcome(expect = FORBIDDEN, desc = "both, nobody, or with the server of the other")
@State
public class SessionsStress {
    private final Sessions sessions = new Sessions(1, 1_000);

    @Actor
    public void first() {
        sessions.put(1, 1, "1", 0);
    }

    @Actor
    public void second() {
        sessions.put(2, 2, "2", 0);
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = server(1);
        r.r2 = server(2);
        r.r3 = sessions.size();
    }

    private int server(long session) {
        String sid = sessions.find(session, session, 0);
        return sid == null ? 0 : Integer.parseInt(sid);
    }
}
