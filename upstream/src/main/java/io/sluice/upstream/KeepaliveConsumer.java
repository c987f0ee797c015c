package io.sluice.upstream;

import io.sluice.core.buffer.Buf;
import io.sluice.core.buffer.Pool;
import io.sluice.core.connection.CloseReason;
import io.sluice.core.connection.Connection;
import io.sluice.core.connection.Consumer;
import io.sluice.core.connection.ConsumerKey;
import io.sluice.core.connection.Io;

/**
 * Owns connections to peers while no request uses them. An idle peer has nothing to say: whatever it sends ends the
 * connection.
 */
final class KeepaliveConsumer implements Consumer<KeptConnection> {
    static final ConsumerKey<KeptConnection> KEY = new ConsumerKey<>("upstream-keepalive", KeptConnection.class);

    private final Pool pool;

    /** @param pool now this one's */
    KeepaliveConsumer(Pool pool) {
        this.pool = pool;
    }

    @Override
    public void readable(KeptConnection item) {
        Connection c = item.connection;
        // Rare enough that the byte of memory need not be held meanwhile.
        Buf unwanted = pool.take(1);
        int n;
        try {
            n = c.recv(unwanted);
        } finally {
            pool.end();
        }
        if (n == Io.AGAIN) {
            return;
        }
        c.close(n == Io.ERROR ? CloseReason.IO_ERROR : CloseReason.PEER_CLOSED);
    }

    @Override
    public void closed(KeptConnection item, CloseReason why) {
        item.cache.remove(item);
    }
}
