package io.sluice.upstream;

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
    final PeerKey key;
    final long sinceNanos;

    @Nullable
    KeptConnection newer;

    @Nullable
    KeptConnection older;

    boolean stored;

    /** @param sinceNanos when it began to connect */
    KeptConnection(KeepaliveCache cache, Connection connection, PeerKey key, long sinceNanos) {
        this.cache = cache;
        this.connection = connection;
        this.key = key;
        this.sinceNanos = sinceNanos;
    }
}
