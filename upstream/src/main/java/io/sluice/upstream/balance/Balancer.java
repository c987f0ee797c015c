package io.sluice.upstream.balance;

import org.jspecify.annotations.Nullable;

/**
 * Chooses a peer and hears how it went: the contract of nginx's {@code ngx_peer_connection_t}. For one that only
 * chooses, a {@link PeerChooser} is less.
 *
 * <p>Counting is not its work: who is active, what failed and whether a peer may be tried is kept with the peers, for
 * all balancers alike. Nor is the wish of a request for one certain server: it is served before the balancer is asked.
 * What it throws ends that request's attempts.
 *
 * <p>A balancer may pass what it is asked on to another that it made itself of the same peers, as those that hash go on
 * with round robin when they find nobody.
 *
 * <p><b>Thread:</b> one instance per group of peers, called by all workers at once.
 */
public interface Balancer {
    /** Makes the balancer of one group of peers. */
    @FunctionalInterface
    interface Factory {
        /**
         * Called once for each group: at load, and for each set of peers that replaces another.
         *
         * @throws IllegalArgumentException saying why these peers cannot be balanced so: a problem of the load, or of the set
         */
        Balancer create(Peers peers);
    }

    /**
     * The set of peers was replaced, and this balancer follows another of its own kind and settings. Called at most
     * once, before the first {@link #get}. Until the last request that began with the former has ended, it is used too:
     * what both go on counting in, as averages of a peer that stays, should be the same object.
     *
     * @param former the balancer of the same group in the set before; perhaps of another class, if the factory varies
     * @param formerIndex for each peer its index in the former group, or -1 if it is new there
     */
    default void takeOver(Balancer former, int[] formerIndex) {}

    /**
     * Takes a peer by {@link PeerRequest#take}, or none. After {@link Choice#BUSY} the backup group's balancer is
     * asked.
     */
    Choice get(PeerRequest request);

    /**
     * The request was given the peer it wished for without a {@link #get}; {@link PeerRequest#taken} is its index. For
     * one whose choices depend on those before, so that they stay fair.
     */
    default void hinted(PeerRequest request) {}

    /**
     * The taken peer is given back. Its counters have been brought up to date. Called exactly once for each peer taken.
     */
    default void free(PeerRequest request, Outcome outcome) {}

    /** Something happened with the peer that is held. */
    default void notify(PeerRequest request, PeerEvent event) {}

    /**
     * A TLS session for the peer that is held, to be resumed on a new connection; null for none. What is done with those
     * of {@link #saveSession}; by default they are kept with the peer.
     */
    default @Nullable Object session(PeerRequest request) {
        return request.keptSession();
    }

    /** Keeps a TLS session for the peer that is held. Called for new connections only. */
    default void saveSession(PeerRequest request, Object session) {
        request.keepSession(session);
    }
}
