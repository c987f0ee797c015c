package io.sluice.upstream;

import io.sluice.upstream.balance.Balancer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The peers of an upstream at one moment with their balancers. A request keeps the one it began with; what became of a
 * peer since, as that it was removed, it sees nevertheless.
 *
 * <p><b>Thread:</b> any; immutable but for what the peers count.
 */
public final class Snapshot {
    private final List<Peer> peers;
    private final PeerGroup primary;
    private final @Nullable PeerGroup backup;
    private final int tries;

    /** @param peers in their order, primary and backup */
    Snapshot(List<Peer> peers, AtomicLong generation, Balancer.Factory factory) {
        this.peers = List.copyOf(peers);
        List<Peer> first = peers.stream().filter(peer -> !peer.isBackup()).toList();
        List<Peer> second = peers.stream().filter(Peer::isBackup).toList();
        this.primary = new PeerGroup(first, peers.size() == 1, generation, factory);
        this.backup = second.isEmpty() ? null : new PeerGroup(second, false, generation, factory);
        this.tries = (int) peers.stream().filter(peer -> !peer.isDown()).count();
    }

    /** Primary and backup, in their order. */
    public List<Peer> peers() {
        return peers;
    }

    PeerGroup primary() {
        return primary;
    }

    @Nullable
    PeerGroup backup() {
        return backup;
    }

    /** The sid of a peer that has these bytes, or null. */
    @Nullable
    String sid(byte[] bytes, int length) {
        String sid = primary.sid(bytes, length);
        PeerGroup second = backup;
        return sid != null || second == null ? sid : second.sid(bytes, length);
    }

    /** Attempts a request may make: as many as there are peers that are not down. */
    int tries() {
        return tries;
    }
}
