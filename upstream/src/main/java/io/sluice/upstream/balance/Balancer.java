package io.sluice.upstream.balance;

import org.jspecify.annotations.Nullable;

/**
 * Chooses a peer and hears how it went: the contract of nginx's {@code ngx_peer_connection_t}. For one that only
 * chooses, a {@link PeerChooser} is less.
 *
 * <p>Counting is not its work: who is active, what failed and whether a peer may be tried is kept with the peers, for
 * all balancers alike. What it throws ends that request's attempts.
 *
 * <p><b>Thread:</b> one instance per group of peers, called by all workers at once.
 */
public interface Balancer {
    /** Makes the balancer of one group of peers. */
    @FunctionalInterface
    interface Factory {
        /** Called at load, once for each group. */
        Balancer create(Peers peers);
    }

    /**
     * Takes a peer by {@link PeerRequest#take}, or none. After {@link Choice#BUSY} the backup group's balancer is
     * asked.
     */
    Choice get(PeerRequest request);

    /**
     * The taken peer is given back. Its counters have been brought up to date. Called exactly once for each peer taken.
     */
    default void free(PeerRequest request, Outcome outcome) {}

    /** Something happened with the peer that is held. */
    default void notify(PeerRequest request, PeerEvent event) {}

    /** A TLS session kept for the peer that is held, to be resumed on a new connection; null for none. */
    default @Nullable Object session(PeerRequest request) {
        return null;
    }

    /** Keeps a TLS session for the peer that is held. */
    default void saveSession(PeerRequest request, Object session) {}
}
