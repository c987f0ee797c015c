package io.sluice.balance.random;

import io.sluice.balance.leasttime.Measure;
import io.sluice.balance.leasttime.ResponseTimes;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;

/** The one whose average time, times the requests it would have, is less for its weight. */
final class SoonerDone implements Better {
    private final ResponseTimes times;

    SoonerDone(Peers peers, Measure measure, boolean inflight) {
        times = new ResponseTimes(peers, measure, inflight);
    }

    @Override
    public int of(PeerRequest request, int first, int second) {
        times.lock().lock();
        try {
            Candidates peers = request.peers();
            return ResponseTimes.compare(
                                    estimate(request, second),
                                    peers.weight(second),
                                    estimate(request, first),
                                    peers.weight(first))
                            > 0
                    ? first
                    : second;
        } finally {
            times.lock().unlock();
        }
    }

    private long estimate(PeerRequest request, int index) {
        times.observe(request, index);
        return times.estimate(request, index);
    }

    @Override
    public void takeOver(Better former, int[] formerIndex) {
        if (former instanceof SoonerDone before) {
            times.takeOver(before.times, formerIndex);
        }
    }

    @Override
    public void taken(PeerRequest request) {
        times.taken(request);
    }

    @Override
    public void notify(PeerRequest request, PeerEvent event) {
        times.notify(request, event);
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        times.free(request, outcome);
    }
}
