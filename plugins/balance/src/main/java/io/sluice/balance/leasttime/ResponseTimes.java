package io.sluice.balance.leasttime;

import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How long each peer of a group takes, as requests tell it. Only attempts that went well and were answered count, so
 * that a peer which fails fast does not look fast.
 *
 * <p>Keeps with each request, in its note, how long its answer took to begin and whether it is counted as under way. The
 * note's highest byte is the balancer's.
 *
 * <p><b>Thread:</b> any. Who compares holds {@link #lock} from the first estimate to the choice; all else takes it itself.
 */
public final class ResponseTimes {
    private static final long UNDER_WAY = 1;
    private static final long MEASURED = 2;
    private static final long ANSWERED = 4;
    private static final int FLAG_BITS = 3;
    private static final long FLAGS = (1 << FLAG_BITS) - 1;
    private static final long BALANCERS = 0xffL << 56;

    private final Measure measure;
    private final boolean inflight;
    private final ResponseTime[] times;

    /** Shared by the balancers of all sets that an upstream had, as the times of the peers that stayed are. */
    private ReentrantLock lock = new ReentrantLock();

    /** @param inflight whether attempts count while they are under way */
    public ResponseTimes(Peers peers, Measure measure, boolean inflight) {
        this.measure = measure;
        this.inflight = inflight;
        this.times = new ResponseTime[peers.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = new ResponseTime(peers.failTimeoutMillis(i));
        }
    }

    /** Compares one time for its weight with another: by their products, of which 64 bits are not always enough. */
    public static int compare(long time, long weight, long otherTime, long otherWeight) {
        int high = Long.compare(Math.multiplyHigh(time, otherWeight), Math.multiplyHigh(otherTime, weight));
        return high != 0 ? high : Long.compareUnsigned(time * otherWeight, otherTime * weight);
    }

    public ReentrantLock lock() {
        return lock;
    }

    /** Peers that stay keep their times. Before anybody asks. */
    public void takeOver(ResponseTimes former, int[] formerIndex) {
        lock = former.lock;
        lock.lock();
        try {
            for (int i = 0; i < times.length; i++) {
                if (formerIndex[i] >= 0) {
                    times[i] = former.times[formerIndex[i]];
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What the peer would take to be done with one more request, in no unit but comparable for equal weights. */
    public long estimate(PeerRequest request, int index) {
        return times[index].estimate(request.peers().active(index), request.nowMillis());
    }

    /** The peer is looked at: what is under way there counts as far as it has come. */
    public void observe(PeerRequest request, int index) {
        times[index].observe(request.nowMillis());
    }

    /** The request has taken a peer, this way or another. */
    public void taken(PeerRequest request) {
        long now = request.nowMillis();
        lock.lock();
        try {
            ResponseTime time = times[request.taken()];
            if (inflight) {
                time.began(now);
            }
            time.taken(now);
        } finally {
            lock.unlock();
        }
        request.note(request.note() & BALANCERS | (inflight ? UNDER_WAY : 0));
    }

    /** Something happened with the peer that is held. */
    public void notify(PeerRequest request, PeerEvent event) {
        long state = request.note();
        if (event != PeerEvent.CONNECTED) {
            state |= ANSWERED;
        }
        if (measure.endsWith(event) && (state & MEASURED) == 0) {
            long millis = request.nowMillis() - request.takenMillis();
            state |= MEASURED;
            if ((state & UNDER_WAY) != 0) {
                // It is under way no more, so its time counts now.
                state &= ~UNDER_WAY;
                atOnce(request, millis);
            } else {
                state = state & (BALANCERS | FLAGS) | millis << FLAG_BITS;
            }
        }
        request.note(state);
    }

    private void atOnce(PeerRequest request, long millis) {
        lock.lock();
        try {
            ResponseTime time = times[request.taken()];
            time.measured(millis);
            time.ended(request.nowMillis(), millis);
        } finally {
            lock.unlock();
        }
    }

    /** The peer that is held is given back. */
    public void free(PeerRequest request, Outcome outcome) {
        long state = request.note();
        long now = request.nowMillis();
        long whole = now - request.takenMillis();
        boolean counts = !outcome.isFailed() && !outcome.isNext() && !inflightMeasured(state);
        lock.lock();
        try {
            ResponseTime time = times[request.taken()];
            if (outcome.isFailed()) {
                time.failed(now);
            }
            if ((state & UNDER_WAY) != 0) {
                time.ended(now, whole);
            }
            if (counts && measure == Measure.LAST_BYTE && (state & ANSWERED) != 0) {
                time.measured(whole);
            } else if (counts && (state & MEASURED) != 0) {
                time.measured((state & ~BALANCERS) >> FLAG_BITS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether its time was counted when it was measured. */
    private boolean inflightMeasured(long state) {
        return inflight && measure != Measure.LAST_BYTE && (state & MEASURED) != 0;
    }
}
