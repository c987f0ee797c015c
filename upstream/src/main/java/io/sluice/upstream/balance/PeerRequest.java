package io.sluice.upstream.balance;

import org.jspecify.annotations.Nullable;

/**
 * One request on its way through the peers of a group, as a {@link Balancer} sees it. Belongs to a client connection
 * and is used again for its next request.
 *
 * <p><b>Thread:</b> the worker's of the request.
 */
public interface PeerRequest {
    /** All peers of the group, and which of them this request may try. */
    Candidates peers();

    /** What it is balanced by; 0 if by nothing. */
    long key();

    /** Which server it wants, as an earlier answer to its client said; null if it has no wish. */
    @Nullable
    String hint();

    /** Monotonic milliseconds, the same for the whole call. */
    long nowMillis();

    /** Whether it has tried a peer of this group before. */
    boolean hasTried();

    /**
     * Takes a peer: counts it as active and marks it as tried.
     *
     * @return false if it may not be tried, for another worker may have taken its last place since it was asked
     */
    boolean take(int index);

    /** The index of the peer that is held, or -1. */
    int taken();
}
