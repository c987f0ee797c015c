package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.upstream.health.CheckedPeer;
import io.sluice.upstream.health.PeerHealth;

/** A peer, and the upstream in which what is said of it counts. */
record ReportedPeer(Upstream upstream, Peer peer) implements CheckedPeer {
    @Override
    public Address address() {
        return peer.address();
    }

    @Override
    public String server() {
        return peer.server();
    }

    @Override
    public void report(PeerHealth health) {
        upstream.report(peer, health);
    }
}
