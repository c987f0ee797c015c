package io.sluice.balance.weight;

import io.sluice.upstream.balance.PeerRequest;

/**
 * The peers between whom a balancer cannot decide, in their order: they take turns.
 *
 * <p><b>Thread:</b> under the balancer's lock.
 */
public final class Tied {
    private final int[] members;
    private final int[] ramps;
    private int size;

    /** @param most how many there may be */
    public Tied(int most) {
        members = new int[most];
        ramps = new int[most];
    }

    public void clear() {
        size = 0;
    }

    /** @param rampPermille how much of its weight it gets now */
    public void add(int index, int rampPermille) {
        ramps[size] = rampPermille;
        members[size++] = index;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /**
     * Takes the one whose turn it is. As in nginx, who stands alone is taken without a step.
     *
     * @return false if it may not be tried any more
     */
    public boolean take(PeerRequest request, SmoothWeights weights) {
        if (size == 1) {
            return request.take(members[0]);
        }
        weights.begin();
        for (int k = 0; k < size; k++) {
            weights.offer(members[k], ramps[k]);
        }
        if (request.take(weights.choose())) {
            return true;
        }
        weights.undo();
        return false;
    }
}
