package io.sluice.event.spi;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.core.connection.Address;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** The server closes a listening socket, on two threads at once, by one of which the last session that sends by it ends. */
@JCStressTest
@Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "freed once, and not while it was held")
@Outcome(expect = FORBIDDEN, desc = "freed while it was held, never, or twice")
@State
public class HeldSocketStress extends HeldSocket {
    private int left;
    private int freed;
    private int freedWhileHeld;
    private volatile boolean held;

    public HeldSocketStress() {
        hold();
        held = true;
    }

    @Override
    protected void leave() {
        left++;
    }

    @Override
    protected void free() {
        freed++;
        freedWhileHeld += held ? 1 : 0;
    }

    @Override
    public Address address() {
        throw new UnsupportedOperationException();
    }

    @Actor
    public void server() {
        close();
    }

    @Actor
    public void session() {
        close();
        held = false;
        release();
    }

    @Arbiter
    public void after(III_Result r) {
        r.r1 = left;
        r.r2 = freedWhileHeld;
        r.r3 = freed;
    }
}
