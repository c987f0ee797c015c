package io.sluice.balance.leastconn;

import io.sluice.balance.weight.SmoothWeights;
import io.sluice.balance.weight.Tied;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerRequest;
import io.sluice.upstream.balance.Peers;

/**
 * nginx's {@code least_conn}, choice for choice ({@code ngx_http_upstream_get_least_conn_peer}): the peer with the
 * fewest active requests for its weight. Several with as few take turns by their weights.
 *
 * <p>A get costs O(n), under a lock: with nginx's ties each of the tied gains in each choice between them, and in an idle
 * upstream all are tied.
 *
 * <p><b>Thread:</b> any. Choosing and taking is one step, so that two workers do not both find the same peer idle.
 */
final class LeastConn implements Balancer {
    private final Object lock = new Object();
    private final SmoothWeights weights;
    private final Tied tied;
    private final int[] maxFails;

    LeastConn(Peers peers) {
        weights = new SmoothWeights(SmoothWeights.of(peers));
        tied = new Tied(peers.size());
        maxFails = new int[peers.size()];
        for (int i = 0; i < maxFails.length; i++) {
            maxFails[i] = peers.maxFails(i);
        }
    }

    @Override
    public void takeOver(Balancer former, int[] formerIndex) {
        if (former instanceof LeastConn before) {
            synchronized (before.lock) {
                synchronized (lock) {
                    weights.takeOver(before.weights, formerIndex);
                }
            }
        }
    }

    @Override
    public Choice get(PeerRequest request) {
        Candidates peers = request.peers();
        synchronized (lock) {
            // Each refusal means that a peer was taken for a wish, which does not ask here, since it was seen.
            for (int left = peers.size(); left >= 0; left--) {
                find(peers);
                if (tied.isEmpty()) {
                    return Choice.BUSY;
                }
                if (tied.take(request, weights)) {
                    return Choice.PEER;
                }
            }
        }
        return Choice.BUSY;
    }

    private void find(Candidates peers) {
        tied.clear();
        long least = 0;
        long leastWeight = 1;
        for (int i = 0; i < peers.size(); i++) {
            // In thousandths, to be exact also in slow start.
            int ramp = peers.rampPermille(i);
            long weight = (long) peers.weight(i) * ramp;
            long active = peers.active(i);
            long difference = tied.isEmpty() ? -1 : active * leastWeight - least * weight;
            // Asked last, for most of the peers lose already by their numbers.
            if (difference <= 0 && peers.mayTry(i)) {
                if (difference < 0) {
                    tied.clear();
                    least = active;
                    leastWeight = weight;
                }
                tied.add(i, ramp);
            }
        }
    }

    @Override
    public void free(PeerRequest request, Outcome outcome) {
        int index = request.taken();
        if (outcome.isFailed() && maxFails[index] > 0) {
            synchronized (lock) {
                weights.lighten(index, maxFails[index]);
            }
        }
    }
}
