package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.Peers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The primary or the backup peers of a set with their balancer, and the one place that knows whether a peer may be
 * tried. The rules and their order are nginx's (ngx_http_upstream_get_peer, ngx_http_upstream_free_round_robin_peer).
 *
 * <p><b>Thread:</b> any. Locked only when a peer fails, or is tried or given back while failures count against it; the
 * lock is the peer's, for two sets may have it.
 */
final class PeerGroup implements Peers {
    /** What {@link #indexOf} answers for a server that is not here. */
    static final int NONE = -1;

    private final Peer[] peers;
    private final boolean single;
    private final AtomicLong generation;
    private final Balancer balancer;

    /** Made when the first request has a wish. */
    private volatile @Nullable Map<String, Integer> bySid;

    /** Made when the first client says what it wishes. */
    private volatile @Nullable Sids sids;

    /**
     * @param single whether these are all peers of the upstream and there is only one: then its failures are ignored
     * @param generation of the upstream
     */
    PeerGroup(List<Peer> peers, boolean single, AtomicLong generation, Balancer.Factory factory) {
        this.peers = peers.toArray(Peer[]::new);
        this.single = single;
        this.generation = generation;
        this.balancer = factory.create(this);
    }

    Balancer balancer() {
        return balancer;
    }

    boolean isSingle() {
        return single;
    }

    Peer peer(int index) {
        return peers[index];
    }

    /** Whether a request that has not tried it before may try it. */
    boolean mayTry(int index, long nowMillis) {
        Peer peer = peers[index];
        return peer.isUp() && mayBeHad(peer, nowMillis);
    }

    /** As {@link #mayTry} for a request that wants just this one. */
    boolean mayTryHinted(int index, long nowMillis) {
        Peer peer = peers[index];
        return !peer.isDown() && mayBeHad(peer, nowMillis);
    }

    private static boolean mayBeHad(Peer peer, long nowMillis) {
        PeerState state = peer.state();
        return !peer.isFull() && !isResting(peer, nowMillis) && !state.unwell && !state.removed;
    }

    private static boolean isResting(Peer peer, long nowMillis) {
        int most = peer.maxFails();
        if (most == 0) {
            return false;
        }
        PeerState state = peer.state();
        return state.fails >= most && nowMillis - state.checkedMillis <= peer.failTimeoutMillis();
    }

    /** Whether it could be had if others did not hold it: to wait for it makes sense. */
    boolean isWorthWaiting(int index, long nowMillis) {
        Peer peer = peers[index];
        PeerState state = peer.state();
        return peer.isUp() && peer.maxActive() > 0 && !isResting(peer, nowMillis) && !state.unwell && !state.removed;
    }

    /** Counts the peer as active if it may be tried. One that failed is given to one request per fail-timeout only. */
    boolean take(int index, long nowMillis) {
        return peers[index].isUp() && takeHinted(index, nowMillis);
    }

    /** As {@link #take} for a request that wants just this one. */
    boolean takeHinted(int index, long nowMillis) {
        Peer peer = peers[index];
        PeerState state = peer.state();
        // Who may not try it must not count even for a moment: another would find it full, and be woken by nobody.
        if (peer.isDown() || state.unwell || state.removed || isResting(peer, nowMillis)) {
            return false;
        }
        if (!state.enter(peer.maxActive())) {
            return false;
        }
        if (state.fails > 0 && !probe(peer, nowMillis)) {
            state.leave();
            return false;
        }
        return true;
    }

    private static boolean probe(Peer peer, long nowMillis) {
        PeerState state = peer.state();
        synchronized (state) {
            if (isResting(peer, nowMillis)) {
                return false;
            }
            if (nowMillis - state.checkedMillis > peer.failTimeoutMillis()) {
                state.checkedMillis = nowMillis;
            }
            return true;
        }
    }

    /**
     * Gives a peer back.
     *
     * @return whether it rests from now on
     */
    boolean free(int index, Outcome outcome, long nowMillis) {
        Peer peer = peers[index];
        boolean rests = false;
        if (outcome.isFailed()) {
            rests = failed(peer, nowMillis);
        } else {
            worked(peer, nowMillis);
        }
        peer.state().leave();
        return rests;
    }

    private boolean failed(Peer peer, long nowMillis) {
        if (single || peer.maxFails() == 0) {
            return false;
        }
        PeerState state = peer.state();
        synchronized (state) {
            state.accessedMillis = nowMillis;
            state.checkedMillis = nowMillis;
            int fails = state.fails + 1;
            state.fails = fails;
            return fails >= peer.maxFails();
        }
    }

    /** Failures are forgotten if it was tried after the last of them: its time of rest was over and it worked. */
    private static void worked(Peer peer, long nowMillis) {
        PeerState state = peer.state();
        if (state.fails > 0) {
            synchronized (state) {
                if (state.accessedMillis - state.checkedMillis < 0) {
                    if (state.fails >= peer.maxFails()) {
                        state.cameBack(nowMillis);
                    }
                    state.fails = 0;
                }
            }
        }
    }

    /** As {@link #worked}, for a peer that is still held. */
    void connected(int index, long nowMillis) {
        worked(peers[index], nowMillis);
    }

    int rampPermille(int index, long nowMillis) {
        return single ? Candidates.WHOLE : peers[index].rampPermille(nowMillis);
    }

    /** The peer with this sid, the first if a route is used twice; or {@link #NONE}. */
    int indexOf(String sid) {
        Map<String, Integer> known = bySid;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < peers.length; i++) {
                known.putIfAbsent(sid(i), i);
            }
            bySid = known;
        }
        return known.getOrDefault(sid, NONE);
    }

    /** The sid that has these bytes, or null. */
    @Nullable
    String sid(byte[] bytes, int length) {
        Sids known = sids;
        if (known == null) {
            String[] all = new String[peers.length];
            for (int i = 0; i < all.length; i++) {
                all[i] = sid(i);
            }
            known = new Sids(all);
            sids = known;
        }
        return known.find(bytes, length);
    }

    @Override
    public int size() {
        return peers.length;
    }

    @Override
    public int weight(int index) {
        return peers[index].weight();
    }

    @Override
    public int active(int index) {
        return peers[index].active();
    }

    @Override
    public int maxActive(int index) {
        return peers[index].maxActive();
    }

    @Override
    public int fails(int index) {
        return peers[index].fails();
    }

    @Override
    public int maxFails(int index) {
        return peers[index].maxFails();
    }

    @Override
    public long failTimeoutMillis(int index) {
        return peers[index].failTimeoutMillis();
    }

    @Override
    public boolean isDown(int index) {
        return peers[index].isDown();
    }

    @Override
    public boolean isDraining(int index) {
        return peers[index].isDraining();
    }

    @Override
    public Address address(int index) {
        return peers[index].address();
    }

    @Override
    public String server(int index) {
        return peers[index].server();
    }

    @Override
    public @Nullable String route(int index) {
        return peers[index].route();
    }

    @Override
    public String sid(int index) {
        return peers[index].sid();
    }

    @Override
    public long generation() {
        return generation.get();
    }
}
