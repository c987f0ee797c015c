package io.sluice.balance.weight;

import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Peers;

/**
 * The weights that nginx keeps for peers to take turns by: in each step every peer that takes part gains its weight,
 * the one with most is chosen and pays what all gained. The same numbers serve a walk over all peers and one over some
 * of them, as those between whom a balancer cannot decide otherwise.
 *
 * <p>Counted in thousandths of a weight, so that a peer of weight 1 can start slowly.
 *
 * <p><b>Thread:</b> under the balancer's lock.
 */
public final class SmoothWeights {
    private final int[] weights;

    /** What a peer gains: its weight, less after failures. */
    private final int[] effective;

    private final long[] current;

    // The step: who gained, and what they would have gained the next time.
    private final int[] offered;
    private final int[] gained;
    private final long[] credited;
    private int count;
    private long paid;
    private int best;

    /** @param weights 0 for a peer that is not to be chosen; kept, not changed */
    public SmoothWeights(int[] weights) {
        this.weights = weights;
        this.effective = weights.clone();
        this.current = new long[weights.length];
        this.offered = new int[weights.length];
        this.gained = new int[weights.length];
        this.credited = new long[weights.length];
    }

    /** The weights of peers, 0 for those that are down or draining. */
    public static int[] of(Peers peers) {
        int[] weights = new int[peers.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = peers.isDown(i) || peers.isDraining(i) ? 0 : peers.weight(i);
        }
        return weights;
    }

    /** A step begins in which nobody has gained yet. */
    public void begin() {
        count = 0;
        paid = 0;
        best = -1;
    }

    /**
     * The next peer that may be chosen gains; of several with the same they count in this order.
     *
     * @param rampPermille how much of its weight it gets now
     * @return whether it gained its whole weight
     */
    public boolean offer(int index, int rampPermille) {
        int gain = effective[index];
        long credit = (long) gain * rampPermille;
        offered[count] = index;
        gained[count] = gain;
        credited[count++] = credit;
        long now = current[index] + credit;
        current[index] = now;
        paid += credit;
        boolean whole = gain == weights[index];
        if (!whole) {
            effective[index] = gain + 1;
        }
        if (best < 0 || now > current[best]) {
            best = index;
        }
        return whole && rampPermille == Candidates.WHOLE;
    }

    /** Ends the step: who has most pays. @return its index, or -1 if nobody was offered */
    public int choose() {
        if (best >= 0) {
            current[best] -= paid;
        }
        return best;
    }

    /** Ends the step: this one pays, whoever has most. */
    public void choose(int index) {
        best = index;
        current[index] -= paid;
    }

    /** Takes the last step back: the chosen peer could not be taken. */
    public void undo() {
        current[best] += paid;
        for (int i = 0; i < count; i++) {
            current[offered[i]] -= credited[i];
            effective[offered[i]] = gained[i];
        }
    }

    /** A failure costs a peer its share of the failures it may have; each step gives one back. */
    public void lighten(int index, int maxFails) {
        effective[index] = Math.max(0, effective[index] - weights[index] / maxFails);
    }

    /** It was chosen without competition: a step that moves nothing but gives one back after failures. */
    public void chosenAlone(int index) {
        if (effective[index] < weights[index]) {
            effective[index]++;
        }
    }

    /** What each peer has, in thousandths; the array itself. */
    public long[] current() {
        return current;
    }

    /** Peers that stay go on with what they had. */
    public void takeOver(SmoothWeights former, int[] formerIndex) {
        for (int i = 0; i < weights.length; i++) {
            int before = formerIndex[i];
            if (before >= 0) {
                current[i] = former.current[before];
                // The configured weight of a peer that stays may be another now.
                int lost = former.weights[before] - former.effective[before];
                effective[i] = Math.max(0, weights[i] - lost);
            }
        }
    }
}
