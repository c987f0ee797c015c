package io.sluice.upstream;

import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.discover.PeerSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Peers that serve the same. Which they are may change while requests are under way; their counters are shared by all
 * workers.
 *
 * <p><b>Thread:</b> any.
 */
public final class Upstream {
    private final String name;
    private final int index;
    private final UpstreamTerms terms;
    private final AtomicLong generation = new AtomicLong();
    private final Replacement replacement;
    private volatile Snapshot snapshot;

    /** @param index its number among the upstreams of the cycle */
    Upstream(String name, int index, UpstreamTerms terms, PeerSet peers, Balancer.Factory factory) {
        this.name = name;
        this.index = index;
        this.terms = terms;
        this.replacement = new Replacement(generation, factory);
        this.snapshot = replacement.first(peers);
    }

    /** As the configuration calls it; for an implicit one the address it was made for. */
    public String name() {
        return name;
    }

    /** The peers as they are now. */
    public Snapshot snapshot() {
        return snapshot;
    }

    /** Primary and backup as they are now, in their order. */
    public List<Peer> peers() {
        return snapshot.peers();
    }

    /**
     * Other peers from now on. What is known of those that stay is kept, with the attempts that hold them; those that
     * are gone are not tried any more, also by requests under way, and their idle connections are closed.
     */
    public void replace(PeerSet peers) {
        synchronized (replacement) {
            snapshot = replacement.next(snapshot, peers);
        }
    }

    /**
     * What requests are balanced by, a text with variables which the consumer compiles with its own and writes to {@link
     * PeerConnection#key} for each request; null for nothing.
     */
    public @Nullable String keyText() {
        return terms.key();
    }

    int index() {
        return index;
    }

    KeepaliveSettings keepalive() {
        return terms.keepalive();
    }

    @Override
    public String toString() {
        return name;
    }
}
