package io.sluice.testkit.origin;

import io.sluice.testkit.wire.Await;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Puts a script under the control of the test: the script stops at each {@link #next} until the test has called {@link
 * #allow} once more. In place of sleeps. <b>Thread:</b> any.
 */
public final class Steps {

    private final Semaphore allowed = new Semaphore(0);
    private final AtomicInteger reached = new AtomicInteger();

    /** The test: one more step may be taken, now or when a script comes to it. */
    public void allow() {
        allow(1);
    }

    public void allow(int steps) {
        allowed.release(steps);
    }

    /** The test: waits until scripts stood before this many steps in all, the first is 1. */
    public void awaitReached(int steps) {
        Await.until("step " + steps + " of a script, it is at " + reached, () -> reached.get() >= steps);
    }

    /** The script: waits to be allowed. The origin's close interrupts it. */
    public void next() throws InterruptedException {
        reached.incrementAndGet();
        allowed.acquire();
    }
}
