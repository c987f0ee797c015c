package io.sluice.upstream;

import io.sluice.core.connection.Address;
import org.jspecify.annotations.Nullable;

/**
 * Finds an idle connection to an address, the one that was stored last first, as quickly among ten thousand as among ten: where each of
 * many peers has one, nginx's walk through all of them costs more than the request. Chains of connections whose addresses fall together.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class KeptByAddress {
    private static final int LEAST_BITS = 3;
    private static final int MOST_BITS = 16;

    /** Spreads addresses that follow each other: 2^32 divided by the golden ratio. */
    private static final int SPREAD = 0x9e3779b9;

    private final @Nullable KeptConnection[] chains;

    /** Of a hash, to leave the number of its chain. */
    private final int shift;

    /** @param most as many are kept at once */
    KeptByAddress(int most) {
        int bits = Math.clamp(Integer.SIZE - Integer.numberOfLeadingZeros(most), LEAST_BITS, MOST_BITS);
        chains = new KeptConnection[1 << bits];
        shift = Integer.SIZE - bits;
    }

    /** The number of an address's chain. */
    int chain(Address address) {
        return address.hashCode() * SPREAD >>> shift;
    }

    /** The newest to this address in this way, or null. It stays in. */
    @Nullable
    KeptConnection find(Address to, Reach by) {
        KeptConnection item = chains[chain(to)];
        while (item != null && !item.matches(to, by)) {
            item = item.behind;
        }
        return item;
    }

    void add(KeptConnection item) {
        int at = chain(item.address());
        KeptConnection first = chains[at];
        item.behind = first;
        if (first != null) {
            first.before = item;
        }
        chains[at] = item;
    }

    /** Takes one out that is in. */
    void remove(KeptConnection item) {
        KeptConnection before = item.before;
        KeptConnection behind = item.behind;
        if (before == null) {
            chains[chain(item.address())] = behind;
        } else {
            before.behind = behind;
        }
        if (behind != null) {
            behind.before = before;
        }
        item.before = null;
        item.behind = null;
    }
}
