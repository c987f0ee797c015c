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
import org.jspecify.annotations.Nullable;

/**
 * Makes the snapshots of one upstream, one of the other.
 *
 * <p><b>Thread:</b> any, one at a time.
 */
final class Replacement {
    private final AtomicLong generation;
    private final Balancer.Factory factory;

    /** Those that were removed while attempts held them: who comes back meanwhile is still held by these. */
    private final List<Peer> departed = new ArrayList<>();

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

    /**
     * What is to become of the present snapshot.
     *
     * @param back peers that were not there, or not to be used
     * @param gone peers that are there no more
     */
    record Change(Snapshot next, List<Peer> back, List<Peer> gone) {}

    /** Makes the next snapshot. Nothing has happened yet, and nothing will if a balancer throws. */
    Change prepare(Snapshot former, PeerSet set) {
        departed.removeIf(peer -> peer.active() == 0);
        Map<Address, ArrayDeque<Peer>> known = new HashMap<>();
        for (Peer peer : former.peers()) {
            known.computeIfAbsent(peer.address(), _ -> new ArrayDeque<>()).add(peer);
        }
        for (Peer peer : departed) {
            known.computeIfAbsent(peer.address(), _ -> new ArrayDeque<>()).add(peer);
        }
        List<Peer> peers = new ArrayList<>(set.peers().size());
        List<Peer> back = new ArrayList<>();
        for (PeerSpec spec : set.peers()) {
            ArrayDeque<Peer> same = known.get(spec.address());
            Peer before = same == null ? null : same.poll();
            Peer now = before == null ? new Peer(spec, new PeerState()) : before.as(spec);
            peers.add(now);
            if (before == null || before.isRemoved() || (before.isDown() && !now.isDown())) {
                back.add(now);
            }
        }
        Snapshot next = new Snapshot(peers, generation, factory);
        takeOver(former.primary(), next.primary());
        takeOver(former.backup(), next.backup());
        List<Peer> gone = new ArrayList<>();
        known.values().forEach(gone::addAll);
        return new Change(next, back, gone);
    }

    /** Before the next snapshot can be seen: those that are in it may be tried. */
    void bringBack(Change change) {
        for (Peer peer : change.back()) {
            peer.state().cameBack();
            if (peer.isRemoved()) {
                // Whoever said so has not seen it since.
                peer.state().unwell = false;
                peer.state().removed = false;
            }
            departed.removeIf(other -> other.state() == peer.state());
        }
    }

    /** When it can be seen, so that a request that finds nobody left in the former one goes on with the next. */
    void remove(Change change) {
        for (Peer peer : change.gone()) {
            if (!peer.isRemoved()) {
                peer.state().removed = true;
                departed.add(peer);
            }
        }
    }

    private static void takeOver(@Nullable PeerGroup former, @Nullable PeerGroup next) {
        if (former == null || next == null) {
            return;
        }
        Map<PeerState, Integer> indexes = new HashMap<>();
        for (int i = 0; i < former.size(); i++) {
            indexes.put(former.peer(i).state(), i);
        }
        int[] formerIndex = new int[next.size()];
        for (int i = 0; i < formerIndex.length; i++) {
            formerIndex[i] = indexes.getOrDefault(next.peer(i).state(), -1);
        }
        next.balancer().takeOver(former.balancer(), formerIndex);
    }
}
