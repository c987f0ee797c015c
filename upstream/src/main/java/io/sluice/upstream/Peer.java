package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.ServerId;
import io.sluice.upstream.discover.PeerSpec;
import io.sluice.upstream.discover.PeerTerms;
import io.sluice.upstream.discover.Standing;
import org.jspecify.annotations.Nullable;

/**
 * One address of an upstream in one of its sets: ngx_http_upstream_rr_peer_t with a zone. A server whose name has
 * several addresses is several peers, each counted by itself. What is counted is shared with the peer that stands for
 * the same address in the next set.
 *
 * <p><b>Thread:</b> any. The counters are exact.
 */
public final class Peer {
    private final PeerSpec spec;
    private final PeerState state;

    // Read for every peer of a walk, so they stand in the peer itself.
    private final boolean up;
    private final int weight;
    private final int maxActive;
    private final int maxFails;
    private final long failTimeoutMillis;
    private final long slowStartMillis;

    /** Made when it is first asked for; whoever makes it makes the same. */
    private @Nullable String sid;

    Peer(PeerSpec spec, PeerState state) {
        PeerTerms terms = spec.terms();
        this.spec = spec;
        this.state = state;
        this.up = terms.standing() == Standing.UP;
        this.weight = terms.weight();
        this.maxActive = terms.maxActive();
        this.maxFails = terms.maxFails();
        this.failTimeoutMillis = terms.failTimeoutMillis();
        this.slowStartMillis = terms.slowStartMillis();
    }

    public Address address() {
        return spec.address();
    }

    /** As the configuration writes it. */
    public String server() {
        return spec.server();
    }

    public int weight() {
        return weight;
    }

    /** How many attempts may hold it at once; 0 for any number. */
    public int maxActive() {
        return maxActive;
    }

    public int maxFails() {
        return maxFails;
    }

    public boolean isDown() {
        return !up && spec.terms().standing() == Standing.DOWN;
    }

    public boolean isDraining() {
        return !up && spec.terms().standing() == Standing.DRAINING;
    }

    public boolean isBackup() {
        return spec.terms().backup();
    }

    /** What requests call it that want just this one; null for a digest of its address. */
    public @Nullable String route() {
        return spec.terms().route();
    }

    /** What a request says that wants just this one: the route, or a digest of the address. */
    public String sid() {
        String made = sid;
        if (made == null) {
            made = ServerId.of(route(), address());
            sid = made;
        }
        return made;
    }

    /** Attempts that hold it now, of all workers. */
    public int active() {
        return state.active();
    }

    /** Failures that still count against it. */
    public int fails() {
        return state.fails;
    }

    /** Whether its upstream has it no more. A request that holds it goes on. */
    public boolean isRemoved() {
        return state.removed;
    }

    /** The same peer in another set. */
    Peer as(PeerSpec other) {
        return spec.equals(other) ? this : new Peer(other, state);
    }

    PeerState state() {
        return state;
    }

    long failTimeoutMillis() {
        return failTimeoutMillis;
    }

    long slowStartMillis() {
        return slowStartMillis;
    }

    /** Whether anybody may be given it who does not want just this one. */
    boolean isUp() {
        return up;
    }

    boolean isFull() {
        return maxActive > 0 && state.active() >= maxActive;
    }

    /** Thousandths of its weight that it gets, see {@link Candidates#rampPermille}. */
    int rampPermille(long nowMillis) {
        if (slowStartMillis == 0) {
            return Candidates.WHOLE;
        }
        long back = state.backForMillis(nowMillis);
        return back >= slowStartMillis
                ? Candidates.WHOLE
                : (int) Math.max(1, back * Candidates.WHOLE / slowStartMillis);
    }

    /** The address, as in a log line. */
    @Override
    public String toString() {
        return spec.address().toString();
    }
}
