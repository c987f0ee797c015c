package io.sluice.upstream.balance;

import io.sluice.core.connection.Address;
import io.sluice.core.time.Randomness;
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

    /** A hash of {@link #keyBytes}, the same on every machine and in every version; 0 if there are none. */
    long key();

    /**
     * What the request is balanced by, as the consumer made it of the upstream's {@code balance.key}. Lent: valid during
     * the call, and only the first {@link #keyLength} of them.
     */
    byte[] keyBytes();

    /** How many of {@link #keyBytes} count; 0 if the request is balanced by nothing. */
    int keyLength();

    /** The address of the client; null where there is none. */
    @Nullable
    Address client();

    /** Monotonic milliseconds, the same for the whole call. */
    long nowMillis();

    /** When the peer that is held was taken: monotonic milliseconds. */
    long takenMillis();

    /** The randomness of the request's worker. */
    Randomness random();

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

    /** What {@link #note(long)} said last; 0 at first, and when the request goes over to another group. */
    long note();

    /** Keeps a number of the balancer's with the request: over its attempts, as a hash that goes on from the last. */
    void note(long value);

    /** The TLS session that is kept with the peer that is held; null if there is none. */
    @Nullable
    Object keptSession();

    /** Keeps a TLS session with the peer that is held, for all workers, in the place of the former. */
    void keepSession(Object session);
}
