package io.sluice.upstream;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A request finds its peer full and joins the queue while another gives that peer back. It tries again when it has joined, and is
 * woken if somebody comes after that.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "it got the peer itself")
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "it was told of the peer")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it was told of a peer that it had got")
@Outcome(expect = FORBIDDEN, desc = "it waits though the peer is free")
@State
public class PeerQueueStress {
    private final PeerState peer = new PeerState();
    private final PeerQueue queue = new PeerQueue(1, 1_000);
    private final CountingWorker worker = new CountingWorker();
    private final QueuePlace place = new QueuePlace(worker.context, new QueuePlace.Waiting() {
        @Override
        public void ask() {}

        @Override
        public void timedOut() {}
    });

    public PeerQueueStress() {
        peer.enter(1);
    }

    /** As {@link QueuedRequest#get}. */
    @Actor
    public void request(II_Result r) {
        boolean got = peer.enter(1);
        if (!got && place.join(queue, false)) {
            got = peer.enter(1);
        }
        r.r1 = got ? 1 : 0;
    }

    /** As {@link PeerGroup#free} and {@link Upstream#peerFree}. */
    @Actor
    public void holder() {
        peer.leave();
        if (!queue.isEmpty()) {
            queue.peerFree();
        }
    }

    @Arbiter
    public void after(II_Result r) {
        r.r2 = worker.tasks;
    }
}
