package io.sluice.balance;

import io.sluice.upstream.balance.Candidates;

/**
 * nginx's walk over all peers and the weights it keeps: every peer that may be tried gains its effective weight, the
 * one with most is chosen and pays what all gained.
 *
 * <p><b>Thread:</b> under the balancer's lock.
 */
final class Walk {
    private static final int NOT_SEEN = -1;

    private final int[] weights;

    /** What a peer gains: its weight, less after failures. */
    private final int[] effective;

    private final long[] current;

    /** What each peer gained in the last step, or {@link #NOT_SEEN}. */
    private final int[] gained;

    private long paid;
    private boolean calm;

    /** @param weights 0 for a peer that is down */
    Walk(int[] weights) {
        this.weights = weights;
        this.effective = weights.clone();
        this.current = new long[weights.length];
        this.gained = new int[weights.length];
    }

    /** @return the index of the peer to be taken, or -1 if none may be tried */
    int step(Candidates peers) {
        int best = -1;
        paid = 0;
        calm = true;
        for (int i = 0; i < weights.length; i++) {
            gained[i] = NOT_SEEN;
            int weight = weights[i];
            if (weight == 0) {
                continue;
            }
            if (!peers.mayTry(i)) {
                calm = false;
                continue;
            }
            int gain = effective[i];
            gained[i] = gain;
            current[i] += gain;
            paid += gain;
            if (gain < weight) {
                effective[i] = gain + 1;
            }
            calm = calm && gain == weight && peers.fails(i) == 0;
            if (best < 0 || current[i] > current[best]) {
                best = i;
            }
        }
        if (best >= 0) {
            current[best] -= paid;
        }
        return best;
    }

    /** Takes the last step back: the chosen peer could not be taken. */
    void undo(int chosen) {
        current[chosen] += paid;
        for (int i = 0; i < weights.length; i++) {
            if (gained[i] != NOT_SEEN) {
                current[i] -= gained[i];
                effective[i] = gained[i];
            }
        }
    }

    /** Whether nothing was wrong with any peer in the last step, so that it can be one of a period. */
    boolean wasCalm() {
        return calm;
    }

    /** A failure costs a peer its share of the failures it may have; each step gives one back. */
    void lighten(int index, int maxFails) {
        effective[index] = Math.max(0, effective[index] - weights[index] / maxFails);
    }

    /** The current weights themselves, to be set by a period that ends. */
    long[] current() {
        return current;
    }
}
