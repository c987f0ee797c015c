package io.sluice.upstream;

import io.sluice.core.plugin.WorkerContext;
import io.sluice.upstream.discover.PeerSet;
import io.sluice.upstream.health.CheckedPeer;
import io.sluice.upstream.health.PeerHealth;
import io.sluice.upstream.sticky.Stickiness;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Peers that serve the same. Which they are may change while requests are under way; their counters are shared by all
 * workers.
 *
 * <p><b>Thread:</b> any.
 */
public final class Upstream {
    /** The number of one that no worker remembers. */
    static final int FOR_ONE_REQUEST = -1;

    private final String name;
    private final int index;
    private final UpstreamTerms terms;
    private final UpstreamParts parts;
    private final AtomicLong generation = new AtomicLong();
    private final Replacement replacement;
    private final CopyOnWriteArrayList<LocalUpstream> locals = new CopyOnWriteArrayList<>();
    private final RetryBudget budget;
    private final @Nullable PeerQueue queue;
    private volatile Snapshot snapshot;

    /** @param index its number among the upstreams of the cycle, or {@link #FOR_ONE_REQUEST} */
    Upstream(String name, int index, UpstreamTerms terms, UpstreamParts parts) {
        this.name = name;
        this.index = index;
        this.terms = terms;
        this.parts = parts;
        this.budget = new RetryBudget(terms.retryBudget());
        QueueSettings waiting = terms.queue();
        this.queue = waiting.size() == 0
                ? null
                : new PeerQueue(waiting.size(), waiting.timeout().toMillis());
        this.replacement = new Replacement(generation, parts.balancer());
        this.snapshot = replacement.first(parts.discovery().initial());
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
     * are gone are not tried any more, also by requests under way, and their idle connections are closed. What a
     * balancer throws leaves all as it was.
     */
    public void replace(PeerSet peers) {
        synchronized (replacement) {
            Replacement.Change change = replacement.prepare(snapshot, peers);
            replacement.bringBack(change);
            snapshot = change.next();
            replacement.remove(change);
            tellHealth();
        }
        for (LocalUpstream local : locals) {
            local.peersChanged();
        }
        peerFree();
    }

    /** A worker has entered the cycle: from now on the source may change the peers, and the check say how they are. */
    void watch(WorkerContext worker) {
        synchronized (replacement) {
            tellHealth();
        }
        parts.health().start(worker);
        parts.discovery().start(worker, this::replace);
    }

    /** That worker leaves the cycle. */
    void endWatch() {
        try {
            parts.discovery().close();
        } finally {
            parts.health().close();
        }
    }

    private void tellHealth() {
        List<CheckedPeer> checked = new ArrayList<>();
        for (Peer peer : snapshot.peers()) {
            checked.add(new ReportedPeer(this, peer));
        }
        parts.health().watch(List.copyOf(checked));
    }

    /** A check says how a peer is. */
    void report(Peer peer, PeerHealth health) {
        PeerState state = peer.state();
        boolean unwell = health == PeerHealth.UNWELL;
        synchronized (replacement) {
            if (state.unwell == unwell || state.removed) {
                return;
            }
            if (!unwell) {
                state.cameBack();
            }
            state.unwell = unwell;
            generation.incrementAndGet();
        }
        if (!unwell) {
            peerFree();
        }
    }

    /** A peer was given back, or may be had for another reason: those who wait for one may find it. */
    void peerFree() {
        PeerQueue waiting = queue;
        if (waiting != null && !waiting.isEmpty()) {
            waiting.peerFree();
        }
    }

    /**
     * What requests are balanced by, a text with variables which the consumer compiles with its own and writes to {@link
     * PeerConnection#key} for each request; null for nothing.
     */
    public @Nullable String keyText() {
        return terms.key();
    }

    /**
     * What makes the requests of one client go to one peer; null for nothing. A consumer that cannot do what it asks for refuses such an
     * upstream at load; one that can gives {@link PeerConnection#sticky} the client of each request.
     */
    public @Nullable Stickiness stickiness() {
        return parts.stickiness();
    }

    /** A worker has come to it. Answers where it counts its requests. */
    SecondCounts join(LocalUpstream local) {
        locals.add(local);
        return budget.join();
    }

    void leave(LocalUpstream local, SecondCounts counts) {
        locals.remove(local);
        budget.leave(counts);
    }

    /** Where requests wait for a peer; null if they do not. */
    @Nullable
    PeerQueue queue() {
        return queue;
    }

    RetryBudget budget() {
        return budget;
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
