package io.sluice.upstream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A place that was told to ask begins to while another peer comes free: it either asks after that, or is told again. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it asked after the second peer came free")
@Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "it asked before, and will again")
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "it asked after it, and will again for nothing")
@Outcome(expect = FORBIDDEN, desc = "it has not seen that peer and is not told of it")
@State
public class QueuePlaceStress implements QueuePlace.Waiting {
    private final PeerQueue queue = new PeerQueue(1, 1_000);
    private final CountingWorker worker = new CountingWorker();
    private final QueuePlace place = new QueuePlace(worker.context, this);

    private boolean free;
    private boolean seen;

    public QueuePlaceStress() {
        place.join(queue, false);
        queue.peerFree();
    }

    @Override
    public void ask() {
        seen = free;
    }

    @Override
    public void timedOut() {}

    @Actor
    public void waiting() {
        place.run();
    }

    @Actor
    public void holder() {
        free = true;
        queue.peerFree();
    }

    @Arbiter
    public void after(II_Result r) {
        r.r1 = seen ? 1 : 0;
        r.r2 = worker.tasks;
    }
}
