package io.sluice.balance.weight;

import io.sluice.core.time.Randomness;
import io.sluice.upstream.balance.Peers;

/**
 * Draws a peer by its weight at the cost of one random number, O(1) (Walker's alias method, in whole numbers: each place
 * of the table is as likely as the next and belongs to one peer or, above a threshold, to another; so all places of a peer
 * together are just its weight). Peers that are down keep their share of the draws, as in nginx. Immutable.
 */
public final class AliasTable {
    /** Of the sum of weights; who stands at the place has the part below. */
    private final long[] threshold;

    /** Who has the part above. */
    private final int[] other;

    private final long total;

    public AliasTable(Peers peers) {
        int size = peers.size();
        threshold = new long[size];
        other = new int[size];
        long sum = 0;
        for (int i = 0; i < size; i++) {
            sum += peers.weight(i);
            other[i] = i;
        }
        total = sum;
        // What each has to give, where a place takes the sum of weights; all of them together just fill all places.
        for (int i = 0; i < size; i++) {
            threshold[i] = (long) peers.weight(i) * size;
        }
        fill(size);
    }

    private void fill(int size) {
        int[] small = new int[size];
        int[] large = new int[size];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < size; i++) {
            if (threshold[i] < total) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            other[poor] = rich;
            threshold[rich] -= total - threshold[poor];
            if (threshold[rich] < total) {
                larges--;
                small[smalls++] = rich;
            }
        }
    }

    /** Draws a peer. @return its index */
    public int draw(Randomness random) {
        // The product's upper half is the place; its lower half is even within the place and says where in it.
        long value = random.nextLong();
        int place = (int) Math.unsignedMultiplyHigh(value, other.length);
        long within = Math.unsignedMultiplyHigh(value * other.length, total);
        return within < threshold[place] ? place : other[place];
    }
}
