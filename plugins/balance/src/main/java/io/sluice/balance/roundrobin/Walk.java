package io.sluice.balance.roundrobin;

import io.sluice.balance.weight.SmoothWeights;
import io.sluice.upstream.balance.Candidates;

/**
 * nginx's walk over all peers: every peer that may be tried gains its effective weight, the one with most is chosen.
 *
 * <p><b>Thread:</b> under the balancer's lock.
 */
final class Walk {
    private final int[] weights;
    private final SmoothWeights smooth;
    private boolean calm;

    /** @param weights 0 for a peer that is down or draining */
    Walk(int[] weights) {
        this.weights = weights;
        this.smooth = new SmoothWeights(weights);
    }

    /** @return the index of the peer to be taken, or -1 if none may be tried */
    int step(Candidates peers) {
        smooth.begin();
        calm = true;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                offer(peers, i, peers.mayTry(i));
            }
        }
        return smooth.choose();
    }

    /** A step whose choice was made before, by the wish of the request, which holds that peer already. */
    void stepTo(int wished, Candidates peers) {
        smooth.begin();
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0) {
                offer(peers, i, i == wished || peers.mayTry(i));
            }
        }
        smooth.choose(wished);
    }

    /**
     * A step among some peers only.
     *
     * @param members indexes of peers in their order, of which those between {@code from} and {@code to} are meant
     * @return the index of the peer to be taken, or -1 if none of them may be tried
     */
    int stepAmong(int[] members, int from, int to, Candidates peers) {
        smooth.begin();
        for (int k = from; k < to; k++) {
            int i = members[k];
            if (weights[i] > 0 && peers.mayTry(i)) {
                smooth.offer(i, peers.rampPermille(i));
            }
        }
        return smooth.choose();
    }

    private void offer(Candidates peers, int index, boolean mayTry) {
        if (mayTry) {
            boolean whole = smooth.offer(index, peers.rampPermille(index));
            calm = calm && whole && peers.fails(index) == 0;
        } else {
            calm = false;
        }
    }

    /** Takes the last step back: the chosen peer could not be taken. */
    void undo() {
        smooth.undo();
    }

    /** Whether nothing was wrong with any peer in the last step, so that it can be one of a period. */
    boolean wasCalm() {
        return calm;
    }

    SmoothWeights weights() {
        return smooth;
    }
}
