package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.discover.PeerSet;
import io.sluice.upstream.discover.PeerSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the snapshots of one upstream, one of the other.
 *
 * <p><b>Thread:</b> any, one at a time.
 */
final class Replacement {
    private final AtomicLong generation;
    private final Balancer.Factory factory;

    Replacement(AtomicLong generation, Balancer.Factory factory) {
        this.generation = generation;
        this.factory = factory;
    }

    Snapshot first(PeerSet set) {
        List<Peer> peers = new ArrayList<>(set.peers().size());
        for (PeerSpec spec : set.peers()) {
            peers.add(new Peer(spec, new PeerState()));
        }
        return new Snapshot(peers, generation, factory);
    }

    Snapshot next(Snapshot former, PeerSet set) {
        Map<Address, ArrayDeque<Peer>> known = new HashMap<>();
        for (Peer peer : former.peers()) {
            known.computeIfAbsent(peer.address(), _ -> new ArrayDeque<>()).add(peer);
        }
        List<Peer> peers = new ArrayList<>(set.peers().size());
        for (PeerSpec spec : set.peers()) {
            ArrayDeque<Peer> same = known.get(spec.address());
            Peer stays = same == null ? null : same.poll();
            if (stays == null) {
                peers.add(new Peer(spec, new PeerState()));
            } else {
                peers.add(stays.spec().equals(spec) ? stays : new Peer(spec, stays.state()));
            }
        }
        for (ArrayDeque<Peer> gone : known.values()) {
            for (Peer peer : gone) {
                peer.state().removed = true;
            }
        }
        return new Snapshot(peers, generation, factory);
    }
}
