package io.sluice.upstream.balance;

/**
 * A balancer that is arithmetic only. The counting is done for it.
 *
 * <p><b>Thread:</b> one instance per group of peers, called by all workers at once.
 */
@FunctionalInterface
public interface PeerChooser {
    /** What {@link #choose} answers when no peer may be tried. */
    int NONE = -1;

    /**
     * Chooses one of the peers that may be tried.
     *
     * @param key what the request is balanced by, as the consumer made it; 0 if by nothing
     * @return its index, or {@link #NONE}; called again if another worker took the last place of that peer meanwhile
     */
    int choose(Candidates peers, long key);
}
