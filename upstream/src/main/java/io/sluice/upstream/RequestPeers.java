package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.upstream.balance.Candidates;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The peers of the group that a request is at, as the request meets them: with what it has tried, at the moment it asks.
 * And the way to the other group, and to the peers of a newer snapshot.
 *
 * <p><b>Thread:</b> one.
 */
final class RequestPeers implements Candidates {
    private final Tried triedPrimary = new Tried();
    private @Nullable Tried triedBackup;
    private @Nullable Snapshot snapshot;
    private @Nullable PeerGroup group;
    private Tried tried = triedPrimary;
    private long nowMillis;

    /** Nothing of these has been tried. */
    void begin(Snapshot with) {
        snapshot = with;
        triedPrimary.clear(with.primary().size());
        PeerGroup backup = with.backup();
        if (backup != null) {
            Tried second = triedBackup;
            if (second == null) {
                second = new Tried();
                triedBackup = second;
            }
            second.clear(backup.size());
        }
        toPrimary();
    }

    void toPrimary() {
        group = snapshot().primary();
        tried = triedPrimary;
    }

    /** Answers whether there is a backup group and the request was not at it. */
    boolean toBackup() {
        PeerGroup backup = snapshot().backup();
        Tried second = triedBackup;
        if (backup == null || second == null || backup == group) {
            return false;
        }
        group = backup;
        tried = second;
        return true;
    }

    /** Goes over to another snapshot. What was tried stays tried. */
    void update(Snapshot present) {
        Set<PeerState> known = new HashSet<>();
        Snapshot former = snapshot();
        collect(former.primary(), triedPrimary, known);
        collect(former.backup(), triedBackup, known);
        begin(present);
        mark(present.primary(), triedPrimary, known);
        mark(present.backup(), triedBackup, known);
    }

    private static void collect(@Nullable PeerGroup group, @Nullable Tried tried, Set<PeerState> to) {
        for (int i = 0; group != null && tried != null && i < group.size(); i++) {
            if (tried.has(i)) {
                to.add(group.peer(i).state());
            }
        }
    }

    private static void mark(@Nullable PeerGroup group, @Nullable Tried tried, Set<PeerState> known) {
        for (int i = 0; group != null && tried != null && i < group.size(); i++) {
            if (known.contains(group.peer(i).state())) {
                tried.add(i);
            }
        }
    }

    /** Whether a peer that the request has not tried could be had if others did not hold it. */
    boolean couldWait() {
        return couldWait(snapshot().primary(), triedPrimary)
                || couldWait(snapshot().backup(), triedBackup);
    }

    private boolean couldWait(@Nullable PeerGroup of, @Nullable Tried ofIt) {
        for (int i = 0; of != null && ofIt != null && i < of.size(); i++) {
            if (!ofIt.has(i) && of.isWorthWaiting(i, nowMillis)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the request has tried a peer of either group. */
    boolean hasTriedAny() {
        Tried second = triedBackup;
        return !triedPrimary.isEmpty() || (second != null && !second.isEmpty());
    }

    void at(long now) {
        nowMillis = now;
    }

    /** The request is over: it holds on to no peers, before the client sends another. */
    void end() {
        snapshot = null;
        group = null;
    }

    Snapshot snapshot() {
        Snapshot current = snapshot;
        if (current == null) {
            throw new IllegalStateException("the request has not been started");
        }
        return current;
    }

    PeerGroup group() {
        PeerGroup current = group;
        if (current == null) {
            throw new IllegalStateException("the request has not been started");
        }
        return current;
    }

    /** Which of the group were tried. */
    Tried tried() {
        return tried;
    }

    long nowMillis() {
        return nowMillis;
    }

    @Override
    public boolean mayTry(int index) {
        return !tried.has(index) && group().mayTry(index, nowMillis);
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
    public long failTimeoutMillis(int index) {
        return group().failTimeoutMillis(index);
    }

    @Override
    public boolean isDown(int index) {
        return group().isDown(index);
    }

    @Override
    public boolean isDraining(int index) {
        return group().isDraining(index);
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
