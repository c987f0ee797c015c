package io.sluice.balance.weight;

import io.sluice.upstream.balance.Peers;
import java.util.Arrays;

/**
 * All peers side by side on a line, each as long as its weight: what nginx walks along with a hash. Peers that are down
 * keep their place, so that the others keep theirs. Immutable; finding a place costs O(log n).
 */
public final class WeightLine {
    /** Where each peer's part ends; the next begins there. */
    private final long[] ends;

    public WeightLine(Peers peers) {
        ends = new long[peers.size()];
        long end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += peers.weight(i);
            ends[i] = end;
        }
    }

    /** The sum of all weights. */
    public long length() {
        return ends.length == 0 ? 0 : ends[ends.length - 1];
    }

    /** @return the index of the peer at this place */
    public int at(long place) {
        int found = Arrays.binarySearch(ends, place);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
