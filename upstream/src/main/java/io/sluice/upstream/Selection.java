package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request through the groups of an upstream: what it tried and what it holds. The part of a {@link
 * PeerConnection} that needs no connection: for those who reach their peers in another way, and for trying a balancer
 * out. Used again for the next request, without allocation.
 *
 * <p><b>Thread:</b> one.
 */
public final class Selection implements PeerRequest, Candidates {
    private static final int WORD_BITS = 6;

    private @Nullable Upstream upstream;
    private @Nullable PeerGroup group;
    private long[] tried = new long[1];
    private int triedCount;
    private int held = -1;
    private long key;
    private @Nullable String hint;
    private long nowMillis;

    public Selection() {}

    /** Forgets the request before. Nothing may be held. */
    public void start(Upstream chosen, long balancedBy) {
        upstream = chosen;
        key = balancedBy;
        hint = null;
        enter(chosen.primary());
    }

    /** The server the request wants, as an earlier answer to its client said. After {@link #start}. */
    public void hint(@Nullable String wish) {
        hint = wish;
    }

    private void enter(PeerGroup next) {
        group = next;
        if (triedCount > 0) {
            Arrays.fill(tried, 0);
            triedCount = 0;
        }
        int words = (next.size() >> WORD_BITS) + 1;
        if (tried.length < words) {
            tried = new long[words];
        }
    }

    /**
     * Asks the balancer of the group, then that of the backup group; from there nothing leads back.
     *
     * @param now monotonic milliseconds
     */
    public Choice get(long now) {
        nowMillis = now;
        PeerGroup current = group();
        Choice choice = current.balancer().get(this);
        if (choice != Choice.BUSY) {
            return choice;
        }
        PeerGroup backup = upstream().backup();
        if (backup == null || backup == current) {
            return Choice.BUSY;
        }
        enter(backup);
        return backup.balancer().get(this);
    }

    /**
     * Gives the held peer back.
     *
     * @param now monotonic milliseconds
     * @return whether it rests from now on
     */
    public boolean free(Outcome outcome, long now) {
        nowMillis = now;
        int index = held;
        PeerGroup of = group();
        boolean rests = of.free(index, outcome, now);
        try {
            of.balancer().free(this, outcome);
        } finally {
            held = -1;
        }
        return rests;
    }

    /** Gives the held peer back without a word to a balancer that has failed. */
    void drop(long now) {
        group().free(held, Outcome.DONE, now);
        held = -1;
    }

    @Nullable
    Object session() {
        return group().balancer().session(this);
    }

    void saveSession(Object session) {
        group().balancer().saveSession(this, session);
    }

    /** Something happened with the held peer. */
    public void tell(PeerEvent event, long now) {
        nowMillis = now;
        if (event == PeerEvent.CONNECTED) {
            group().connected(held);
        }
        group().balancer().notify(this, event);
    }

    public boolean holds() {
        return held >= 0;
    }

    /** The peer that is held. */
    public Peer peer() {
        if (held < 0) {
            throw new IllegalStateException("no peer is held");
        }
        return group().peer(held);
    }

    PeerGroup group() {
        PeerGroup current = group;
        if (current == null) {
            throw new IllegalStateException("the request has not been started");
        }
        return current;
    }

    Upstream upstream() {
        Upstream current = upstream;
        if (current == null) {
            throw new IllegalStateException("the request has not been started");
        }
        return current;
    }

    // ---- what the balancer sees

    @Override
    public Candidates peers() {
        return this;
    }

    @Override
    public long key() {
        return key;
    }

    @Override
    public @Nullable String hint() {
        return hint;
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public boolean hasTried() {
        return triedCount > 0;
    }

    @Override
    public boolean take(int index) {
        if (held >= 0) {
            throw new IllegalStateException("a peer is held already");
        }
        long bit = 1L << index;
        if ((tried[index >> WORD_BITS] & bit) != 0 || !group().take(index, nowMillis)) {
            return false;
        }
        // The only peer may be tried again, when its idle connection turned out to be dead.
        if (!group().isSingle()) {
            tried[index >> WORD_BITS] |= bit;
            triedCount++;
        }
        held = index;
        return true;
    }

    @Override
    public int taken() {
        return held;
    }

    @Override
    public boolean mayTry(int index) {
        return (tried[index >> WORD_BITS] & 1L << index) == 0 && group().mayTry(index, nowMillis);
    }

    @Override
    public int size() {
        return group().size();
    }

    @Override
    public int weight(int index) {
        return group().weight(index);
    }

    @Override
    public int active(int index) {
        return group().active(index);
    }

    @Override
    public int maxActive(int index) {
        return group().maxActive(index);
    }

    @Override
    public int fails(int index) {
        return group().fails(index);
    }

    @Override
    public int maxFails(int index) {
        return group().maxFails(index);
    }

    @Override
    public boolean isDown(int index) {
        return group().isDown(index);
    }

    @Override
    public Address address(int index) {
        return group().address(index);
    }

    @Override
    public String server(int index) {
        return group().server(index);
    }
}
