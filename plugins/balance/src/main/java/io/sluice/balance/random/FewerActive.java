package io.sluice.balance.random;

import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.PeerRequest;

/** The one with fewer active requests for its weight. */
final class FewerActive implements Better {
    @Override
    public int of(PeerRequest request, int first, int second) {
        Candidates peers = request.peers();
        long ofSecond = (long) peers.active(second) * peers.weight(first);
        long ofFirst = (long) peers.active(first) * peers.weight(second);
        return ofSecond > ofFirst ? first : second;
    }
}
