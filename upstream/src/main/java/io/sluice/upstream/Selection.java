package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.core.time.Randomness;
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

    private static final byte[] NO_KEY = {};

    private final Randomness random;
    private @Nullable Upstream upstream;
    private @Nullable Snapshot snapshot;
    private @Nullable PeerGroup group;
    private long[] tried = new long[1];
    private int triedCount;
    private int held = -1;
    private byte[] key = NO_KEY;
    private int keyLength;
    private @Nullable Address client;
    private @Nullable Reach reach;
    private @Nullable String hint;
    private long note;
    private long nowMillis;
    private long takenMillis;

    /** @param random of the worker */
    public Selection(Randomness random) {
        this.random = random;
    }

    /** Forgets the request before. Nothing may be held. */
    public void start(Upstream chosen) {
        Snapshot current = chosen.snapshot();
        upstream = chosen;
        snapshot = current;
        key = NO_KEY;
        keyLength = 0;
        client = null;
        hint = null;
        enter(current.primary());
    }

    /**
     * What the request is balanced by. After {@link #start}.
     *
     * @param bytes lent until the next {@link #start}
     */
    public void key(byte[] bytes, int length) {
        key = bytes;
        keyLength = length;
    }

    /** Who sent the request. After {@link #start}. */
    public void client(@Nullable Address address) {
        client = address;
    }

    /** By what connections are told apart from others to the same peer. */
    void reach(Reach by) {
        reach = by;
    }

    /** The server that the next {@link #get} should take if it may, by its sid. After {@link #start}. */
    public void hint(@Nullable String wish) {
        hint = wish;
    }

    private void enter(PeerGroup next) {
        group = next;
        note = 0;
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
        try {
            PeerGroup current = group();
            Choice choice = get(current);
            if (choice != Choice.BUSY) {
                return choice;
            }
            PeerGroup backup = snapshot().backup();
            if (backup == null || backup == current) {
                return Choice.BUSY;
            }
            enter(backup);
            return get(backup);
        } finally {
            hint = null;
        }
    }

    /** The wish comes first; that it cannot be fulfilled is no reason to ask nobody else. */
    private Choice get(PeerGroup from) {
        String wish = hint;
        if (wish != null) {
            int index = from.indexOf(wish);
            if (index != PeerGroup.NONE && takeHinted(from, index)) {
                from.balancer().hinted(this);
                return Choice.PEER;
            }
        }
        return from.balancer().get(this);
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

    /** Attempts that the request may make: as many as there were peers that are not down when it began. */
    int tries() {
        return snapshot().tries();
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
            group().connected(held, now);
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

    private Snapshot snapshot() {
        Snapshot current = snapshot;
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
        return KeyHash.of(key, keyLength);
    }

    @Override
    public byte[] keyBytes() {
        return key;
    }

    @Override
    public int keyLength() {
        return keyLength;
    }

    @Override
    public @Nullable Address client() {
        return client;
    }

    @Override
    public Randomness random() {
        return random;
    }

    @Override
    public long note() {
        return note;
    }

    @Override
    public void note(long value) {
        note = value;
    }

    @Override
    public @Nullable Object keptSession() {
        Reach by = reach;
        return by == null ? null : peer().state().session(by);
    }

    @Override
    public void keepSession(Object session) {
        Reach by = reach;
        if (by != null) {
            peer().state().session(by, session);
        }
    }

    @Override
    public long nowMillis() {
        return nowMillis;
    }

    @Override
    public long takenMillis() {
        return takenMillis;
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
        return !isTried(index) && group().take(index, nowMillis) && hold(index);
    }

    private boolean takeHinted(PeerGroup from, int index) {
        return !isTried(index) && from.takeHinted(index, nowMillis) && hold(index);
    }

    private boolean hold(int index) {
        // The only peer may be tried again, when its idle connection turned out to be dead.
        if (!group().isSingle()) {
            tried[index >> WORD_BITS] |= 1L << index;
            triedCount++;
        }
        held = index;
        takenMillis = nowMillis;
        return true;
    }

    private boolean isTried(int index) {
        return (tried[index >> WORD_BITS] & 1L << index) != 0;
    }

    @Override
    public int taken() {
        return held;
    }

    @Override
    public boolean mayTry(int index) {
        return !isTried(index) && group().mayTry(index, nowMillis);
    }

    @Override
    public int rampPermille(int index) {
        return group().rampPermille(index, nowMillis);
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

    @Override
    public boolean isDraining(int index) {
        return group().isDraining(index);
    }

    @Override
    public @Nullable String route(int index) {
        return group().route(index);
    }

    @Override
    public String sid(int index) {
        return group().sid(index);
    }

    @Override
    public long generation() {
        return group().generation();
    }
}
