package io.sluice.balance.leasttime;

import io.sluice.balance.weight.SmoothWeights;
import io.sluice.balance.weight.Tied;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;

/**
 * nginx's {@code least_time}, with the same arithmetic: the peer whose average time, times the requests it would have,
 * is the least for its weight. Several with as little take turns by their weights. Times are those of all workers
 * together, in milliseconds, also where nginx counts in seconds (how long a peer was silent).
 *
 * <p>A get costs O(n), under a lock: estimates change with the clock and with each request.
 *
 * <p><b>Thread:</b> any.
 */
final class LeastTime implements Balancer {
    private final ResponseTimes times;
    private final SmoothWeights weights;
    private final Tied tied;
    private final int[] maxFails;

    LeastTime(Peers peers, LeastTimeSettings settings) {
        times = new ResponseTimes(peers, settings.measure(), settings.inflight());
        weights = new SmoothWeights(SmoothWeights.of(peers));
        tied = new Tied(peers.size());
        maxFails = new int[peers.size()];
        for (int i = 0; i < maxFails.length; i++) {
            maxFails[i] = peers.maxFails(i);
        }
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof LeastTime before) {
            times.takeOver(before.times, formerIndex);
            times.lock().lock();
            try {
                weights.takeOver(before.weights, formerIndex);
            } finally {
                times.lock().unlock();
            }
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        times.lock().lock();
        try {
            // Each refusal means that a peer was taken for a wish, which does not ask here, since it was seen.
            for (int left = request.peers().size(); left >= 0; left--) {
                find(request);
                if (tied.isEmpty()) {
                    return Choice.BUSY;
                }
                if (tied.take(request, weights)) {
                    times.taken(request);
                    return Choice.PEER;
                }
            }
        } finally {
            times.lock().unlock();
        }
        return Choice.BUSY;
    }

    private void find(PeerRequest request) {
        Candidates peers = request.peers();
        tied.clear();
        long least = 0;
        long leastWeight = 1;
        for (int i = 0; i < peers.size(); i++) {
            if (!peers.mayTry(i)) {
                continue;
            }
            times.observe(request, i);
            int ramp = peers.rampPermille(i);
            long weight = (long) peers.weight(i) * ramp;
            long estimate = times.estimate(request, i);
            int order = tied.isEmpty() ? -1 : ResponseTimes.compare(estimate, weight, least, leastWeight);
            if (order < 0) {
                tied.clear();
                least = estimate;
                leastWeight = weight;
            }
            if (order <= 0) {
                tied.add(i, ramp);
            }
        }
    }

    @Override
    public void hinted(PeerRequest request) {
        times.taken(request);
    }

    @Override
    public void notify(PeerRequest request, PeerEvent event) {
        times.notify(request, event);
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        times.free(request, outcome);
        int index = request.taken();
        if (outcome.isFailed() && maxFails[index] > 0) {
            times.lock().lock();
            try {
                weights.lighten(index, maxFails[index]);
            } finally {
                times.lock().unlock();
            }
        }
    }
}
