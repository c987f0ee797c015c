package io.sluice.upstream;

import io.sluice.upstream.balance.Balancer;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Peers that serve the same. Which they are and how they are balanced never changes; their counters are shared by all
 * workers.
 *
 * <p><b>Thread:</b> any.
 */
public final class Upstream {
    private final String name;
    private final int index;
    private final KeepaliveSettings keepalive;
    private final List<Peer> peers;
    private final PeerGroup primary;
    private final @Nullable PeerGroup backup;
    private final int tries;

    /**
     * @param index its number among the upstreams of the cycle
     * @param peers at least one of which is no backup
     */
    Upstream(String name, int index, KeepaliveSettings keepalive, List<Peer> peers, Balancer.Factory factory) {
        this.name = name;
        this.index = index;
        this.keepalive = keepalive;
        this.peers = List.copyOf(peers);
        List<Peer> first = peers.stream().filter(peer -> !peer.isBackup()).toList();
        List<Peer> second = peers.stream().filter(Peer::isBackup).toList();
        this.primary = new PeerGroup(first, peers.size() == 1, factory);
        this.backup = second.isEmpty() ? null : new PeerGroup(second, false, factory);
        this.tries = (int) Stream.of(first, second)
                .flatMap(List::stream)
                .filter(peer -> !peer.isDown())
                .count();
    }

    /** As the configuration calls it; for an implicit one the address it was made for. */
    public String name() {
        return name;
    }

    /** Primary and backup, in the order of the configuration. */
    public List<Peer> peers() {
        return peers;
    }

    int index() {
        return index;
    }

    KeepaliveSettings keepalive() {
        return keepalive;
    }

    PeerGroup primary() {
        return primary;
    }

    @Nullable
    PeerGroup backup() {
        return backup;
    }

    /** Attempts a request may make: as many as there are peers that are not down. */
    int tries() {
        return tries;
    }

    @Override
    public String toString() {
        return name;
    }
}
