package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Connection;
import io.sluice.core.time.Randomness;
import io.sluice.upstream.balance.Candidates;
import io.sluice.upstream.balance.Choice;
import io.sluice.upstream.balance.Outcome;
import io.sluice.upstream.balance.PeerEvent;
import io.sluice.upstream.balance.PeerRequest;
import org.jspecify.annotations.Nullable;

/**
 * The way of one request through the groups of an upstream: what it tried and what it holds. The part of a {@link
 * PeerConnection} that needs no connection: for those who reach their peers in another way, and for trying a balancer
 * out. Used again for the next request, without allocation.
 *
 * <p>A request keeps the snapshot it began with, and goes over to the present one when that has nobody left for it.
 *
 * <p><b>Thread:</b> one.
 */
public final class Selection implements PeerRequest {
    private static final byte[] NO_KEY = {};

    private final Randomness random;
    private final RequestPeers peers = new RequestPeers();
    private @Nullable Upstream upstream;
    private int held = -1;
    private byte[] key = NO_KEY;
    private int keyLength;
    private @Nullable Connection connection;
    private @Nullable Address client;
    private @Nullable Reach reach;
    private @Nullable String hint;
    private long note;
    private long takenMillis;

    /** @param random of the worker */
    public Selection(Randomness random) {
        this.random = random;
    }

    /** Forgets the request before. Nothing may be held. */
    public void start(Upstream chosen) {
        upstream = chosen;
        key = NO_KEY;
        keyLength = 0;
        hint = null;
        note = 0;
        peers.begin(chosen.snapshot());
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

    /** Who sends requests. */
    public void client(@Nullable Address address) {
        client = address;
    }

    /** Whose address is the client's, which is asked for when a balancer wants to know. */
    void client(Connection from) {
        connection = from;
    }

    /** By what connections are told apart from others to the same peer. */
    void reach(Reach by) {
        reach = by;
    }

    /**
     * The server that the next {@link #get} should take if it may, by its sid; a request that finds all peers busy and waits goes on to
     * wish for it. After {@link #start}.
     */
    public void hint(@Nullable String wish) {
        hint = wish;
    }

    /** As {@link #hint(String)}, as a client says it: what is no peer's sid is no wish. */
    void hint(byte[] wish, int length) {
        hint = peers.snapshot().sid(wish, length);
    }

    /**
     * Asks the balancer of the group, then that of the backup group; from there nothing leads back.
     *
     * @param now monotonic milliseconds
     */
    public Choice get(long now) {
        peers.at(now);
        Choice choice = ask();
        if (choice == Choice.BUSY && upstream().snapshot() != peers.snapshot()) {
            note = 0;
            peers.update(upstream().snapshot());
            choice = ask();
        }
        if (choice != Choice.BUSY) {
            // Of one who found nobody the wish stays: it may wait and ask again.
            hint = null;
        }
        return choice;
    }

    /** The next {@link #get} begins at the primary peers again, for a request that has found all of them busy. */
    void again() {
        note = 0;
        peers.toPrimary();
    }

    private Choice ask() {
        Choice choice = ask(peers.group());
        if (choice != Choice.BUSY || !peers.toBackup()) {
            return choice;
        }
        note = 0;
        return ask(peers.group());
    }

    /** The wish comes first; that it cannot be fulfilled is no reason to ask nobody else. */
    private Choice ask(PeerGroup group) {
        String wish = hint;
        if (wish != null) {
            int index = group.indexOf(wish);
            if (index != PeerGroup.NONE && takeHinted(group, index)) {
                group.balancer().hinted(this);
                return Choice.PEER;
            }
        }
        return group.balancer().get(this);
    }

    /** Whether a peer that the request has not tried could be had if others did not hold it. */
    boolean couldWait() {
        return peers.couldWait();
    }

    /** Whether the request has tried a peer of either group. */
    boolean hasTriedAny() {
        return peers.hasTriedAny();
    }

    /**
     * Gives the held peer back.
     *
     * @param now monotonic milliseconds
     * @return whether it rests from now on
     */
    public boolean free(Outcome outcome, long now) {
        peers.at(now);
        PeerGroup of = peers.group();
        boolean rests = of.free(held, outcome, now);
        try {
            of.balancer().free(this, outcome);
        } finally {
            held = -1;
            upstream().peerFree();
        }
        return rests;
    }

    /** Gives the held peer back without a word to a balancer that has failed. */
    void drop(long now) {
        peers.group().free(held, Outcome.DONE, now);
        held = -1;
        upstream().peerFree();
    }

    /** The attempt that holds a peer was none: the peer may be tried again. */
    void forgive() {
        peers.tried().remove(held);
    }

    /** The request is over: what it went through may be forgotten before the client sends another. */
    void end() {
        peers.end();
    }

    /** Attempts that the request may make: as many as there were peers that are not down when it began. */
    int tries() {
        return peers.snapshot().tries();
    }

    @Nullable
    Object session() {
        return peers.group().balancer().session(this);
    }

    void saveSession(Object session) {
        peers.group().balancer().saveSession(this, session);
    }

    /** Something happened with the held peer. */
    public void tell(PeerEvent event, long now) {
        peers.at(now);
        PeerGroup group = peers.group();
        if (event == PeerEvent.CONNECTED) {
            group.connected(held, now);
        }
        group.balancer().notify(this, event);
    }

    public boolean holds() {
        return held >= 0;
    }

    /** The peer that is held. */
    public Peer peer() {
        if (held < 0) {
            throw new IllegalStateException("no peer is held");
        }
        return peers.group().peer(held);
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
        return peers;
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
        Connection from = connection;
        return from == null ? client : from.remoteAddress();
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
        return peers.nowMillis();
    }

    @Override
    public long takenMillis() {
        return takenMillis;
    }

    @Override
    public boolean hasTried() {
        return !peers.tried().isEmpty();
    }

    @Override
    public boolean take(int index) {
        if (held >= 0) {
            throw new IllegalStateException("a peer is held already");
        }
        return !peers.tried().has(index) && peers.group().take(index, nowMillis()) && hold(index);
    }

    private boolean takeHinted(PeerGroup from, int index) {
        return !peers.tried().has(index) && from.takeHinted(index, nowMillis()) && hold(index);
    }

    private boolean hold(int index) {
        // The only peer may be tried again, when its idle connection turned out to be dead.
        if (!peers.group().isSingle()) {
            peers.tried().add(index);
        }
        held = index;
        takenMillis = nowMillis();
        return true;
    }

    @Override
    public int taken() {
        return held;
    }
}
