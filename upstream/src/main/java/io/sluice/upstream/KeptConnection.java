package io.sluice.upstream;

import io.sluice.core.connection.Address;
import io.sluice.core.connection.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a peer between two requests, and its place in the cache. Made once per connection, when it is kept
 * for the first time.
 *
 * <p><b>Thread:</b> the worker's.
 */
final class KeptConnection {
    final KeepaliveCache cache;
    final Connection connection;
    final long sinceNanos;
    private final Peer peer;
    private final Reach reach;

    @Nullable
    KeptConnection newer;

    @Nullable
    KeptConnection older;

    /** Its neighbours in {@link KeptByAddress}. */
    @Nullable
    KeptConnection before;

    @Nullable
    KeptConnection behind;

    boolean stored;

    /**
     * @param peer whose it is; its state, so that it is known when it is removed
     * @param reach by what it was made
     * @param sinceNanos when it began to connect
     */
    KeptConnection(KeepaliveCache cache, Connection connection, Peer peer, Reach reach, long sinceNanos) {
        this.cache = cache;
        this.connection = connection;
        this.peer = peer;
        this.reach = reach;
        this.sinceNanos = sinceNanos;
    }

    /** Whether it may serve a request for this address in this way. */
    boolean matches(Address to, Reach by) {
        Address mine = peer.address();
        return (mine == to || mine.equals(to)) && (reach == by || reach.equals(by));
    }

    Address address() {
        return peer.address();
    }

    boolean isRemoved() {
        return peer.isRemoved();
    }
}
