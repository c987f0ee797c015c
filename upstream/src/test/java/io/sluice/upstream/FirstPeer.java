package io.sluice.upstream;

import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Choice;

/** The plainest balancer. */
final class FirstPeer {
    /** The first that may be tried. */
    static final Balancer.Factory FIRST = peers -> request -> {
        for (int i = 0; i < request.peers().size(); i++) {
            if (request.peers().mayTry(i) && request.take(i)) {
                return Choice.PEER;
            }
        }
        return Choice.BUSY;
    };

    private FirstPeer() {}
}
