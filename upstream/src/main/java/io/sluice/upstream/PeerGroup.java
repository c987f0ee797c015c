package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Balancer;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.Peers;
import java.util.List;

/**
 * The primary or the backup peers of an upstream with their balancer, and the one place that knows whether a peer may
 * be tried. The rules and their order are nginx's (ngx_http_upstream_get_peer,
 * ngx_http_upstream_free_round_robin_peer).
 *
 * <p><b>Thread:</b> any. Locked only when a peer fails, or is tried or given back while failures count against it.
 */
final class PeerGroup implements Peers {
    private final Peer[] peers;
    private final boolean single;
    private final Balancer balancer;
    private final Object lock = new Object();

    /**
     * @param single whether these are all peers of the upstream and there is only one: then its failures are ignored
     */
    PeerGroup(List<Peer> peers, boolean single, Balancer.Factory factory) {
        this.peers = peers.toArray(Peer[]::new);
        this.single = single;
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
        return !peer.isDown() && !peer.isFull() && !isResting(peer, nowMillis);
    }

    private boolean isResting(Peer peer, long nowMillis) {
        int most = peer.maxFails();
        return most > 0 && peer.fails >= most && nowMillis - peer.checkedMillis <= peer.failTimeoutMillis();
    }

    /** Counts the peer as active if it may be tried. One that failed is given to one request per fail-timeout only. */
    boolean take(int index, long nowMillis) {
        Peer peer = peers[index];
        if (peer.isDown() || !peer.enter()) {
            return false;
        }
        if (peer.fails > 0 && !probe(peer, nowMillis)) {
            peer.leave();
            return false;
        }
        return true;
    }

    private boolean probe(Peer peer, long nowMillis) {
        synchronized (lock) {
            if (isResting(peer, nowMillis)) {
                return false;
            }
            if (nowMillis - peer.checkedMillis > peer.failTimeoutMillis()) {
                peer.checkedMillis = nowMillis;
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
        if (outcome == Outcome.FAILED) {
            rests = failed(peer, nowMillis);
        } else {
            worked(peer);
        }
        peer.leave();
        return rests;
    }

    private boolean failed(Peer peer, long nowMillis) {
        if (single || peer.maxFails() == 0) {
            return false;
        }
        synchronized (lock) {
            peer.accessedMillis = nowMillis;
            peer.checkedMillis = nowMillis;
            int fails = peer.fails + 1;
            peer.fails = fails;
            return fails >= peer.maxFails();
        }
    }

    /** Failures are forgotten if it was tried after the last of them: its time of rest was over and it worked. */
    private void worked(Peer peer) {
        if (peer.fails > 0) {
            synchronized (lock) {
                if (peer.accessedMillis - peer.checkedMillis < 0) {
                    peer.fails = 0;
                }
            }
        }
    }

    /** As {@link #worked}, for a peer that is still held. */
    void connected(int index) {
        worked(peers[index]);
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
    public boolean isDown(int index) {
        return peers[index].isDown();
    }

    @Override
    public Address address(int index) {
        return peers[index].address();
    }

    @Override
    public String server(int index) {
        return peers[index].server();
    }
}
