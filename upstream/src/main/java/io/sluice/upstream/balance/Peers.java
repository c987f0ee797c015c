package io.sluice.upstream.balance;

import io.sluice.core.connection.Address;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one group of an upstream, primary or backup, in the order of the configuration. Which they are never
 * changes: where the set of an upstream is replaced, there are new Peers with a new balancer. The counters are those
 * of all workers together, and of all sets that had the peer.
 *
 * <p><b>Thread:</b> any. A counter may have moved on by the time it is used.
 */
public interface Peers {
    int size();

    /** As configured. At least 1. */
    int weight(int index);

    /** Attempts that hold the peer now. */
    int active(int index);

    /** How many may hold it at once; 0 for any number. */
    int maxActive(int index);

    /** Failures that still count against it. Stays 0 where {@link #maxFails} is 0, and for an upstream of one peer. */
    int fails(int index);

    /** How many failures make it rest; 0 for never. */
    int maxFails(int index);

    /** How long it rests then, and how long a failure counts. */
    default long failTimeoutMillis(int index) {
        return 0;
    }

    /** Whether the configuration says that it is not to be used. */
    boolean isDown(int index);

    /**
     * Whether the configuration says that it is used only by requests that want just this one. {@link
     * Candidates#mayTry} is false for it, so that a balancer passes it over as one that is down.
     */
    default boolean isDraining(int index) {
        return false;
    }

    Address address(int index);

    /** As the configuration writes it; peers that one host name stands for share it. */
    String server(int index);

    /** What the configuration calls the server for requests that want just this one; null if nothing. */
    default @Nullable String route(int index) {
        return null;
    }

    /** What a request says that wants just this peer: {@link #route}, or a digest of its address. Made once for each. */
    default String sid(int index) {
        return ServerId.of(route(index), address(index));
    }

    /**
     * Moves on when the standing of a peer changed from outside of any attempt: its health was reported. Who keeps
     * something computed of all peers compares this at each get and computes it anew.
     */
    default long generation() {
        return 0;
    }
}
